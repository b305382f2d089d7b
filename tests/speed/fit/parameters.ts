/** What is believed of a parameter before any row is seen. Parameters are logarithms of factors. */
interface Prior {
  readonly mean: number;
  readonly deviation: number;
}

/** Reads the value of a parameter; one that was never fitted is at its prior's mean. */
export type ReadParameter = (name: string, prior: Prior) => number;

/**
 * Names of parameters, found as a model asks for them. A model is written once, as a function that asks; the same
 * function says which parameters a row depends on, and computes with them.
 */
export interface ParameterBook {
  readonly priors: Prior[];
  readonly indices: Map<string, number>;
}

/** An empty book. */
export function parameterBook(): ParameterBook {
  return { priors: [], indices: new Map() };
}

/** A reader that writes each new name into the book and notes which were asked for. */
export function recordingReader(book: ParameterBook, asked: Set<number>): ReadParameter {
  return (name, prior) => {
    let index = book.indices.get(name);
    if (index === undefined) {
      index = book.priors.length;
      book.priors.push(prior);
      book.indices.set(name, index);
    }
    asked.add(index);
    return prior.mean;
  };
}

/** A reader of fitted values. */
export function valueReader(book: ParameterBook, values: Float64Array): ReadParameter {
  return (name, prior) => {
    const index = book.indices.get(name);
    return index === undefined ? prior.mean : (values[index] ?? prior.mean);
  };
}
