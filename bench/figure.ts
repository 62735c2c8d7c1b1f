/** One line of the table. */
export type Figure = {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Its bounds; without one the figure only informs. */
  readonly least?: number;
  readonly most?: number;
};

export type Bench = () => Promise<readonly Figure[]>;
