import { say } from "#words/say.ts";
import { formOf, type KnownForm } from "#shared/known-form.ts";
import { toldAmong } from "./told-parts.ts";

/** The usual forms of where a fact of a model was read. Names of files, projects and pages stay as they are. */
const MODEL_SOURCES: readonly KnownForm[] = [
  formOf("usual precision of the family"),
  formOf("named so in public projects (read {month})"),
  formOf("counted from the architecture"),
  formOf("counted from the architecture, without the multi-token-prediction block"),
  formOf("counted from the architecture: the text decoder"),
  formOf("counted from the architecture, with vision_config of config.json for the tower"),
  formOf("no total is published in a source we read"),
  formOf("commonly quoted"),
  formOf("as commonly stated"),
  formOf("the access class only: {source}", { source: factSource }),
  formOf("the model's name"),
  formOf("the model's name / {source}", { source: factSource }),
  formOf("the name of the repository ({name})"),
  formOf("licence not checked against a file"),
  formOf("not checked against a file"),
  formOf("not checked again"),
  formOf("exact licence file per size not checked again"),
  formOf("where it was read was not recorded"),
  formOf("the type of the files is not stated in any source we read"),
  formOf("by the size of the instruct weights"),
  formOf("config.json of {repository}"),
  formOf("config.json of {repository}, made from it"),
  formOf("config.json of {repository}, whose base model is {base}"),
  formOf("its tensors add up to what Hugging Face counts in {name}"),
  formOf("base model {name} for KV heads"),
  formOf("release date {day}"),
  formOf("GGUF file {name}"),
  formOf("entered by hand"),
  formOf("developer not stated"),
  formOf("as the file names it; check the licence itself"),
  formOf("as the model card names it; read the licence itself"),
  formOf("{source}, as copied in public repositories (read {month})", { source: factSource }),
  formOf("{source}: its tensors without the experts that do not run", { source: factSource }),
  formOf("{repository} (fork of {origin}, {month}): {path}"),
  formOf("{name} model cards on Hugging Face: {file}"),
  formOf("{source}, as listed by {list} on {day}", { source: factSource }),
  formOf("{repository} on Hugging Face: {file}"),
  formOf("{name} model card, first rows only"),
  formOf("{source}: its tensors added up", { source: factSource }),
  formOf("{source}, as listed by {list}", { source: factSource }),
  formOf("{source} (class defaults)", { source: factSource }),
  formOf("{source}: model card", { source: factSource }),
  formOf("{source} (rounded)", { source: factSource }),
  formOf("{source}, added up", { source: factSource }),
  formOf("{source} (a copy)", { source: factSource }),
  {
    pattern: /^([^:;]+) model card$/,
    said: (name = "") => say("{name} model card", { name }),
  },
  {
    pattern: /^([\d.]+[BKMT]) by (\S.*)$/,
    said: (count = "", source = "") => say("{count} by {source}", { count, source: factSource(source) }),
  },
];

/** The same of a card. */
const CARD_SOURCES: readonly KnownForm[] = [
  formOf("card database"),
  formOf("card database: {source}", { source: factSource }),
  formOf("card database ({source})", { source: factSource }),
  formOf("card database, by PCI id {id}"),
  formOf("card database, by PCI id {id} and the processor, {name}"),
  formOf("TechPowerUp figures in {place}"),
  formOf("the maker's figure, since the database rounds above 1 TB/s"),
  formOf("public nvidia-smi outputs"),
  formOf("nvidia-smi, driver {version}"),
  formOf("derived: tensor cores x operations per clock x boost clock of {source}", { source: factSource }),
  formOf("derived: twice the FP16 vector rate (RDNA 4 WMMA) of {source}", { source: factSource }),
  formOf("WMMA peak: the FP16 figure of {source}", { source: factSource }),
  formOf("published by the maker, without sparsity"),
  formOf("npm package {name}, its hardware table"),
  formOf("by chip, {source}", { source: factSource }),
  formOf("by its compute capability"),
  formOf("as of every chip of its generation"),
  formOf("the rate of the 80 GB board, whose chip it has"),
  formOf("the label read as GiB: no report of a driver was found"),
  formOf("AMD's page of the card"),
  formOf("{source}, as quoted in a public table of accelerators (read {month})", { source: factSource }),
  formOf("{source}, as quoted in public notes (read {month})", { source: factSource }),
  formOf("{source}, which rounds above 1 TB/s", { source: factSource }),
  formOf("{source}, as read in {place}", { source: factSource }),
];

/** How a benchmark was run, and who published its score. */
const BENCHMARKS: readonly KnownForm[] = [
  formOf("tables of {year}"),
  formOf("base models"),
  formOf("self-reported"),
  formOf("questions of {day}"),
  formOf("no tools"),
  formOf("{title}, in Epoch AI"),
];

export const FACT_SOURCES: readonly KnownForm[] = [...CARD_SOURCES, ...MODEL_SOURCES, ...BENCHMARKS];

function factSource(source: string): string {
  return toldAmong(source, FACT_SOURCES);
}
