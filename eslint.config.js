import svelte from "eslint-plugin-svelte";
import tseslint from "typescript-eslint";

/**
 * Who may import whom (CONTRIBUTING.md has the same table for people). A folder that is not listed may not be
 * imported; the folders' tsconfig.json files say the same to the compiler, this says it for `.svelte` files too.
 */
const LAYERS = {
  engine: [],
  words: [],
  advice: ["engine", "words"],
  shared: ["engine", "advice", "words"],
  report: ["engine", "advice", "shared", "words"],
  catalog: ["engine"],
  probe: ["engine"],
  main: ["engine", "catalog", "probe", "shared", "words"],
  preload: ["shared"],
  renderer: ["engine", "advice", "report", "shared", "words"],
  cli: ["engine", "advice", "report", "catalog", "probe", "shared"],
  terminal: ["cli", "main", "probe"],
};
const PACKAGES_ALLOWED_IN_PURE_FOLDERS = ["engine", "advice", "shared", "report"];

/** The oldest Electron that one build must run on, 25, holds Node 18: what only later ones have fails there. */
const NOT_IN_NODE_18 = [
  ...["toSorted", "toReversed", "toSpliced"].map((property) => ({ property })),
  { object: "URL", property: "canParse" },
  { object: "AbortSignal", property: "any" },
  { object: "Object", property: "groupBy" },
  { object: "Promise", property: "withResolvers" },
  { object: "Array", property: "fromAsync" },
].map((property) => ({ ...property, message: "Electron 25 holds Node 18, which does not have it." }));

function layerRule(folder) {
  const forbidden = Object.keys(LAYERS).filter(
    (other) => other !== folder && !LAYERS[folder].includes(other),
  );
  const patterns = [
    { group: forbidden.map((other) => `#${other}/*`), message: `src/${folder} may not import this folder.` },
    { regex: "^\\.\\./", message: "Across folders use #folder/file.ts; inside a folder use ./file.ts." },
  ];
  if (PACKAGES_ALLOWED_IN_PURE_FOLDERS.includes(folder)) {
    patterns.push({ regex: "^[^.#]", message: `src/${folder} is pure: no package, no Node.` });
  }
  if (folder === "words") {
    patterns.push({
      regex: "^(?!intl-messageformat$)[^.#]",
      message: "src/words is pure but for its formatter.",
    });
  }
  if (!["main", "preload", "terminal"].includes(folder)) {
    patterns.push({ regex: "^electron$", message: "Only main, preload and terminal know Electron." });
  }
  return {
    files: [`src/${folder}/**/*.{ts,svelte}`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ["out/**", "dist/**", "node_modules/**", "test-results/**"] },
  {
    files: ["**/*.ts", "**/*.svelte"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 60 }],
      "max-depth": ["error", 3],
      "max-params": ["error", 4],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-properties": ["error", ...NOT_IN_NODE_18],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      "max-lines": ["error", { max: 250 }],
      // Not knowing .svelte files, the type checker behind ESLint sees other components' props as `any`; svelte-check checks them.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "prefer-const": "off", // `svelte/prefer-const` knows that $props() with a $bindable needs `let`
      "svelte/prefer-const": "error",
    },
  },
  { files: ["tests/**/*.ts"], rules: { "max-lines-per-function": "off", "max-lines": "off" } },
  ...Object.keys(LAYERS).map(layerRule),
);
