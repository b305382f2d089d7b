/** Texts that stay as they are in every language: names, units, keys of the program, words of the system. */
interface Rule {
  /** How the file's name begins. */
  readonly file: string;
  /** Which of its texts; all where it is not there. */
  readonly text?: RegExp;
  readonly why: string;
}

export const NOT_FOR_TRANSLATION: readonly Rule[] = [
  { file: "src/words/", why: "names of languages, each in its own" },
  { file: "src/shared/ipc.ts", why: "the contract's names" },
  {
    file: "src/shared/runtime-text.ts",
    text: /^"(Intel|Apple|Linux|Windows)"$/,
    why: "names of makers and systems",
  },
  { file: "src/shared/model-facts.ts", text: /^`https:/, why: "an address" },
  { file: "src/renderer/scenario/", text: /^kv-cache-type$/, why: "what joins buttons of one choice" },
  { file: "src/renderer/", text: /^"\.\/[a-z-]+\.ts"$/, why: "files" },
  { file: "src/renderer/main.ts", text: /^"ResizeObserver loop"$/, why: "how the browser's message begins" },
  { file: "src/renderer/AnswerHeadline", text: /^Fitment$/, why: "the program's name" },
  { file: "src/renderer/question/", text: /^fitment:/, why: "how such a text looks" },
  { file: "src/shared/shortcuts.ts", text: /^"CmdOrCtrl\+/, why: "what Electron calls keys" },
  {
    file: "src/renderer/menu/",
    text: /^"((Control\+)?CmdOrCtrl\+[A-Z]|Alt|Macintosh)"$/,
    why: "what Electron calls keys and browsers a system",
  },
  { file: "src/renderer/models/", text: /^"llama\.cpp"$/, why: "how the program calls a runtime" },
  {
    file: "src/renderer/catalog/ModelFolders.svelte",
    text: /^"(Ollama|LM Studio|llama\.cpp)"$/,
    why: "names of programs",
  },
  { file: "src/renderer/catalog/given-files.ts", text: /^"Files"$/, why: "the browser's name of a kind" },
  { file: "src/renderer/catalog/add/", text: /^"Apache-2\.0"$/, why: "name of a licence" },
  { file: "src/renderer/next/", text: /^"(sh, bash, zsh|PowerShell)"$/, why: "names of shells" },
  {
    file: "src/main/",
    text: /^["`][\w.:/${}-]+\.(cjs|fitment|html|json|png|txt)["`]$/,
    why: "names and addresses of files",
  },
  {
    file: "src/main/",
    text: /^"(Auxclick|Content-\w+(-\w+)?|Letter|Markdown|BZ CA .*)"$/,
    why: "what Electron, a page's headers, paper and formats are called",
  },
  {
    file: "src/main/",
    text: /^["`]Fitment(: measuring RAM| detection: .*| \$\{.*)?["`]$/,
    why: "this program and its processes",
  },
  { file: "src/main/print-to-pdf.ts", text: /^'<div/, why: "numbers of pages" },
  {
    file: "src/advice/",
    text: /^["`]\S*[.:_=/]\S+["`]$/,
    why: "ids, addresses, files, words of commands: no sentence is one word",
  },
  {
    file: "src/advice/next/",
    text: /^"(EvalPlus|LM Studio|Modelfile|Ollama|Transformers|Vulkan)"$/,
    why: "names",
  },
  {
    file: "src/advice/next/",
    text: /^["'`](  |Content-Type:|PARAMETER |Say in one sentence)/,
    why: "lines of files and requests, and what a model is asked to see that it answers",
  },
  {
    file: "src/advice/next/start/lm-studio.ts",
    text: /^"(.* cache quantization type|Flash attention|Evaluation batch size|Max concurrent|Layers whose)/,
    why: "what LM Studio's own window calls its settings",
  },
  {
    file: "src/advice/next/start/transformers.ts",
    text: /^["'`](\)|[a-z]+ = |Auto|BitsAnd|from |import |load_in|print)/,
    why: "lines of a script in Python",
  },
];
