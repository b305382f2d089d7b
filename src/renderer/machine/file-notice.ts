/** A line beside the buttons that save and open files. */
export interface FileNotice {
  readonly isFailure: boolean;
  readonly text: string;
}
