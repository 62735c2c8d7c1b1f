export type DiffLine = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Above this many cells the middle is shown as replaced whole: a diff must not hold the isolate. */
const MOST_CELLS = 4_000_000;

/** What changed between two texts, line by line: a longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = before.split('\n');
  const right = after.split('\n');
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...lines('same', left.slice(0, start)),
    ...diffMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...lines('same', left.slice(left.length - end)),
  ];
}

function diffMiddle(left: readonly string[], right: readonly string[]): DiffLine[] {
  if (left.length * right.length > MOST_CELLS) {
    return [...lines('removed', left), ...lines('added', right)];
  }
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      found.push(...lines('same', left.slice(i, i + 1)));
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      found.push(...lines('removed', left.slice(i, i + 1)));
      i += 1;
    } else {
      found.push(...lines('added', right.slice(j, j + 1)));
      j += 1;
    }
  }
  return [...found, ...lines('removed', left.slice(i)), ...lines('added', right.slice(j))];
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}
