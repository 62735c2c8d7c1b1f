type Method = (this: object, ...args: unknown[]) => unknown;
type Around = (object: object, method: string, work: () => unknown) => unknown;

/** Puts `around` about each method that the class has from its parents, of this world's own. */
export function aroundMethods(prototype: object, around: Around): void {
  const methods = new Map<string, Method>();
  let from: object | null = Object.getPrototypeOf(prototype);
  while (from !== null && from !== Object.prototype) {
    for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      if (method === 'constructor' || typeof value !== 'function' || methods.has(method)) continue;
      methods.set(method, value as Method);
    }
    from = Object.getPrototypeOf(from);
  }
  for (const [method, original] of methods) {
    Object.defineProperty(prototype, method, {
      value(this: object, ...args: unknown[]) {
        return around(this, method, () => original.apply(this, args));
      },
    });
  }
}
