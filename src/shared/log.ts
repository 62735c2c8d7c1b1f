/** One structured line; fields carry ids and codes, never secrets or what people said. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

/** Workers Logs indexes the fields of a line that is one JSON object. */
export const consoleLog: Log = (level, message, fields = {}) => {
  console[level](JSON.stringify({ level, message, ...fields }));
};
