import { api, type Answers } from '../api/api.ts';
import { refusalOf } from '../api/refusal-of.ts';

/** Who is signed in, asked from outside the studio's screens. */
export async function whoIsThere(): Promise<Answers['me'] | 'nobody'> {
  try {
    return await api.me();
  } catch (error) {
    if (refusalOf(error).code !== 'not-signed-in') throw error;
    return 'nobody';
  }
}
