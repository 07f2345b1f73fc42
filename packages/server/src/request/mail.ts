/** Mail as handlers see it: what is sent never says more than that there is something to do. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mail {
  /** True when the mail server took it. */
  send(letter: Letter): Promise<boolean>;
  /** Sends it after the answer, so that the time of an answer tells nothing. */
  post(letter: Letter): void;
}
