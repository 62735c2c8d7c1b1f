/** One line of the table. */
export type Figure = {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Where the figure has a limit: whether it keeps it. */
  readonly verdict?: 'pass' | 'miss';
};

export type Bench = () => Promise<readonly Figure[]>;
