/** One line of the table. */
export type Figure = {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most it may be; without one the figure only informs. */
  readonly most?: number;
};

export type Bench = () => Promise<readonly Figure[]>;
