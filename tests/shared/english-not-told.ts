/** Worded texts of engine, catalog and probe that have no form of their own, and why. */
interface Rule {
  /** How the file's name begins. */
  readonly file: string;
  /** Which of its texts; all where it is not there. */
  readonly text?: RegExp;
  readonly why: string;
}

export const NOT_TOLD: readonly Rule[] = [
  {
    file: "src/engine/",
    text: /^(7 It is left out\.|7 It is looked for on one card|PCI id 7 and the processor)/,
    why: "part of a text that has a form",
  },
  {
    file: "src/engine/explain",
    text: /^(7's (pages|cache)|7, 7 bits|7 layers without|largest phase)/,
    why: "put together; known-forms.test.ts looks at the whole",
  },
  {
    file: "src/engine/hardware/",
    text: /^(7 (GiB )?of memory as|If yours has more|Linux |Windows )/,
    why: "put together; the machine's notes have the whole",
  },
  {
    file: "src/engine/placement/extras.ts",
    text: /^one more layer/,
    why: "put together, cut at its semicolon",
  },
  {
    file: "src/engine/speed/basis.ts",
    why: "put together; known-forms.test.ts looks at the whole sentences",
  },
  {
    file: "src/engine/hardware/memory-size.ts",
    text: /^7 is read as/,
    why: "a note on it stands behind what it is the size of",
  },
  { file: "src/engine/speed/placed-devices.ts", text: /^it may be 7 or 7/, why: "names, joined anew" },
  { file: "src/engine/split-choice.ts", text: /by 7\.$/, why: "layers or tensors: a form each" },
  {
    file: "src/engine/free-memory.ts",
    text: /^(There is no accelerator|Free memory of 7)/,
    why: "only the terminal is told of cards by their numbers",
  },
  { file: "src/engine/right-now.ts", why: "the window has words of its own for it" },
  { file: "src/engine/speed/calibration/", why: "words of other tools, and of the terminal" },
  {
    file: "src/catalog/",
    text: /^(7: )?(expected |a (name|kind) )|^(its day|7 cannot be read as JSON)|^7 (cannot|can) stand here$/,
    why: "faults of files that somebody edits: they name keys and values, in English as the files are",
  },
  { file: "src/catalog/problems.ts", why: "the same" },
  { file: "src/catalog/json-fault.ts", why: "the same" },
  { file: "src/catalog/read-json.ts", why: "the same" },
  { file: "src/catalog/checked/", why: "for who packages the program" },
  {
    file: "src/catalog/gguf/",
    text: /^(the (header|text)|key 7 of|has |is there twice|does not lie|The file is damaged: the tensor)/,
    why: "put together; gguf-forms.ts has the whole",
  },
  {
    file: "src/catalog/gguf/read-parts.ts",
    text: /^(one of them|part 7)/,
    why: "put together; gguf-forms.ts has it with its full stop",
  },
  {
    file: "src/catalog/hub/",
    text: /^(7 A GGUF file of it|Accept its terms|The model is gated|The hub has had too many|7: the model|config\.json describes)/,
    why: "put together; hub-forms.ts has the whole",
  },
  { file: "src/catalog/hub/model.ts", text: /^Hugging Face 7 at 7$/, why: "names" },
  {
    file: "src/probe/",
    text: /^(amd-smi|xpu-smi) |^(vram|Total Number|Unified memory for|Global memory|Thread)/,
    why: "commands, and words of tools",
  },
  {
    file: "src/probe/",
    text: /^(is not installed|printed (more|nothing)|could not be started|had no time|gave no answer)/,
    why: "follows a tool's name",
  },
  { file: "src/probe/probe.ts", why: "names of sources" },
  { file: "src/probe/linux/tegra.ts", text: /^Jetson's/, why: "the same" },
  {
    file: "src/probe/nvidia/nvidia-smi.ts",
    text: /^(none is set up|these could|7 \(7\) is split)/,
    why: "put together; detection-forms.ts has the whole",
  },
  { file: "src/probe/problem-text.ts", why: "faults of files that somebody edits" },
  { file: "src/probe/replay.ts", why: "only the terminal replays" },
  { file: "src/probe/saved-report.ts", why: "faults of files that somebody edits" },
  { file: "src/probe/windows/windows.ts", text: /^PowerShell 7/, why: "what PowerShell itself says" },
];
