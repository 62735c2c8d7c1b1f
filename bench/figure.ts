/** One line of the table. */
export type Figure = {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
};

export type Bench = () => Promise<readonly Figure[]>;
