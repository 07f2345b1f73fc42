/** What the stage shows before there is a photo: what the tool does, and the example that needs nothing. */
export function Welcome({ onExample }: { readonly onExample: () => void }) {
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <div class="welcome-text">
        <h2 id="welcome-title">Every dot, before the first one.</h2>
        <p>
          Give a photo and one tape measure. Stipple fits the head, draws the hairline for age and sex, lays out each
          dot on the skin, and shows the result honestly: healed, fresh, and years later.
        </p>
        <ul class="welcome-list">
          <li>areas, dots, hours and price, each with how sure it is</li>
          <li>a worksheet and a stencil for the chair</li>
          <li>the course of sessions and aftercare for the calendar</li>
        </ul>
        <button type="button" class="button button-big" onClick={onExample}>
          Show me on the mannequin
        </button>
      </div>
      <img class="welcome-art" src="/stippled.svg" alt="" width="240" height="300" />
    </section>
  );
}
