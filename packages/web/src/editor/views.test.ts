import { ANCHOR_NAMES } from '@stipple/core/vision/anchors.ts';
import { poseOfView } from '@stipple/core/vision/view-pose.ts';
import { describe, expect, it } from 'vitest';
import { assignViews } from './assign-views.ts';
import { FEWEST_POINTS, HEAD_VIEWS, POINT_WORDS, VIEW_NAMES, viewOfFile, withPointWords } from './views.ts';

describe('the views of a head', () => {
  it('are names that core reads, with enough points to place each without a face', () => {
    for (const view of VIEW_NAMES) {
      expect(poseOfView(view) === null, view).toBe(view === 'other');
      const { points } = HEAD_VIEWS[view];
      expect(points.length).toBeGreaterThan(FEWEST_POINTS);
      expect(new Set(points).size).toBe(points.length);
    }
    expect(Object.keys(POINT_WORDS).sort()).toEqual([...ANCHOR_NAMES].sort());
  });

  it('are told by the names of files, word by word', () => {
    for (const [name, view] of [
      ['client_back.jpg', 'back'],
      ['m01-top-down.jpg', 'top'],
      ['LEFT 2.png', 'left'],
      ['front-bowed.webp', 'bowed'],
      ['Crown.jpeg', 'crown'],
      ['three-quarter-left.jpg', 'other'],
      ['other.jpg', null],
      ['backyard.jpg', null],
      ['IMG_2041.jpg', null],
      ['download.jpg', null],
    ] as const)
      expect([name, viewOfFile(name)]).toEqual([name, view]);
  });

  it('go to dropped files by name, the first nameless one to the front, and nothing is taken twice', () => {
    const files = ['IMG_1.jpg', 'back.jpg', 'left.jpg', 'rear.jpg', 'IMG_2.jpg'].map((name) => new File([], name));
    const { taken, left } = assignViews(files);
    expect(taken.map(({ view, file }) => [view, file.name])).toEqual([
      ['front', 'IMG_1.jpg'],
      ['left', 'left.jpg'],
      ['back', 'back.jpg'],
    ]);
    expect(left.map(({ name }) => name)).toEqual(['rear.jpg', 'IMG_2.jpg']);
  });
});

it('says core’s names of points in the page’s words', () => {
  expect(withPointWords('right-ear-top would be hidden behind the head')).toBe(
    'top of the right ear would be hidden behind the head',
  );
});
