/** One structured line; fields carry ids and codes, never secrets or what people said. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

/** JSON lets these stand as they are; a terminal obeys them, and a reader may take them for line ends. */
const STEERING = /[\u007F-\u009F\u2028\u2029]/g;

/** Workers Logs indexes the fields of a line that is one JSON object. */
export const consoleLog: Log = (level, message, fields = {}) => {
  const line = JSON.stringify({ level, message, ...fields });
  console[level](line.replace(STEERING, escaped));
};

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
