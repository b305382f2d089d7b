import { expect, test } from "vitest";
import { reportMarkdown } from "../../src/report/markdown.ts";
import { reportOn } from "./reports.ts";
import { SMALL_REPORT } from "./small-report.ts";

test("the whole report reads raw as it does on a page", () => {
  expect(reportMarkdown(SMALL_REPORT)).toMatchInlineSnapshot(`
    "# Which language models run on this computer

    2026-11-25, by Fitment 0.0.0 with its catalog of 2026-11-25

    ## Recommended

    **Small 8B is the best answer.**

    1 of 2 models run.

    ### Best answer: Small 8B at Q4_K_M

    - Quality 50 (48 to 52).

    #### Good to know

    - It thinks first.

    #### Memory

    | Part     |   In all |      Card |
    | -------- | -------: | --------: |
    | Weights  | 5.00 GiB |  5.00 GiB |
    | KV cache | 1.00 GiB |  1.00 GiB |
    | Together | 6.00 GiB |  6.00 GiB |
    | Of       |          | 24.00 GiB |
    | Holds    |          | 32 layers |

    #### Speed

    Writes 83 to 110 tokens/s.

    #### Licence

    Apache-2.0: commercial use allowed. Source: its page.

    - Some uses are forbidden.

    - <https://example.org/licence>
    - <https://huggingface.co/maker/small-8b>

    #### Next steps with Small 8B

    ##### 1. llama.cpp

    - From a folder of your own.

    Command:

    \`\`\`sh
    llama-server -m small.gguf
    \`\`\`

    ## The machine

    | Fact | Value    | Source        |
    | ---- | -------- | ------------- |
    | RAM  | 64.0 GiB | /proc/meminfo |

    These sources were asked and gave no answer: rocm-smi.

    ### Card

    | Fact   | Value                                         | Source     |
    | ------ | --------------------------------------------- | ---------- |
    | Memory | 24.0 GiB. Sources differ: lspci says 20.0 GiB | nvidia-smi |

    ## What was asked

    For chat.

    ## Side by side

    What is marked is better than the others by more than the uncertainty.

    |        |   Small 8B |       Odd |
    | ------ | ---------: | --------: |
    | Memory | 6.0 GiB \\* | not known |

    ## Every model

    1 of 2 run on this machine. Memory and tokens per second are for the quantization named; quality is for what was asked (chat).

    | Model          | Parameters | Verdict                           | Quantization |  Memory |  Tokens/s |       Quality | Commercial use |
    | -------------- | ---------: | --------------------------------- | ------------ | ------: | --------: | ------------: | -------------- |
    | Small 8B       |     8.03 B | needs quantization                | Q4_K_M       | 6.0 GiB | 83 to 110 | 50 (48 to 52) | allowed        |
    | Odd \\| \\*one\\* |    unknown | unknown: Architecture: not stated |              | unknown |           |   no evidence | not stated     |

    ## How these numbers are made, and how accurate they are

    ### Memory

    Computed.
    "
  `);
});

test.each([
  ["a pipe does not end a cell", "Odd | *one*", String.raw`Odd \| \*one\*`],
  ["a tag is a text", "<img src=x>", String.raw`\<img src=x\>`],
  ["a link is a text", "[here](https://example.org)", String.raw`\[here\](https://example.org)`],
  ["an underscore within a word stays", "Q4_K_M", "Q4_K_M"],
  ["one at its edge is no emphasis", "_very_", String.raw`\_very\_`],
  ["a line's end does not begin a heading", "a\n# b", "a # b"],
  ["an entity is a text", "&lt;", String.raw`\&lt;`],
])("%s", (_case, text, expected) => {
  const report = { ...SMALL_REPORT, answer: { summary: ["", text], picks: [] } };
  expect(reportMarkdown(report)).toContain(`\n${expected}\n`);
});

test("a fence is longer than any in a file", () => {
  const [pick] = SMALL_REPORT.answer.picks;
  const [step] = pick?.nextSteps ?? [];
  if (pick === undefined || step === undefined) throw new Error("the small report has a pick with a step");
  const files = [{ name: "README.md", content: "```\ncode\n```\n" }];
  const picks = [{ ...pick, nextSteps: [{ ...step, files }] }];
  const text = reportMarkdown({ ...SMALL_REPORT, answer: { summary: [""], picks } });
  expect(text).toContain("````\n```\ncode\n```\n````\n");
});

test("a model that one larger card would hold is not said to need several", () => {
  const report = reportOn("CPU with 32 GB");
  const elsewhere = report.verdicts.filter(({ group }) => group === "multiple-gpus-elsewhere");
  const larger = elsewhere.filter(({ note }) => note.startsWith("a card of "));
  expect(larger.length).toBeGreaterThan(0);
  for (const { verdict } of larger) expect(verdict).toBe("needs a larger card");
  for (const { verdict, note } of elsewhere)
    expect(verdict === "needs a larger card").toBe(note.startsWith("a card of "));
});
