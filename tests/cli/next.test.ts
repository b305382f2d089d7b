import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";
import { readCommand } from "../advice/next/shell-reader.ts";

const ONE_CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];

interface ShownCommand {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly sh: string;
  readonly powershell: string;
}

interface ShownStep {
  readonly kind: string;
  readonly commands: readonly ShownCommand[];
  readonly otherwise: ShownStep | null;
}

interface ShownNext {
  readonly kind: string;
  readonly runtime?: string;
  readonly steps: readonly ShownStep[];
  readonly several?: readonly {
    readonly machineCount: number;
    readonly runtime: string;
    readonly steps: ShownNext["steps"];
  }[];
}

async function nextOf(...words: readonly string[]): Promise<ShownNext> {
  const { stdout, stderr, exitCode } = await runFitment(["next", ...words, "--json"]);
  expect([stderr, exitCode]).toEqual(["", 0]);
  return JSON.parse(stdout) as ShownNext; // our own output
}

function commandsOf(steps: readonly ShownStep[]): readonly ShownCommand[] {
  return steps.flatMap(({ commands, otherwise }) => [
    ...commands,
    ...(otherwise === null ? [] : commandsOf([otherwise])),
  ]);
}

describe("fitment next", () => {
  test.each([
    ["development", ONE_CARD, "ollama"],
    ["production", ONE_CARD, "vllm"],
    ["production", ["--gpu", "M4 Max@64GiB", "--ram", "64GiB"], "llama.cpp"],
    [
      "development",
      ["--gpu", "2x RTX 3090", "--ram", "64GiB", "--context", "98304", "--lowest-quantization", "F16"],
      "llama.cpp",
    ],
    ["development", [...ONE_CARD, "--kv-type-k", "q8_0"], "llama.cpp"],
    ["development", [...ONE_CARD, "--runtime", "exllama"], "exllama"],
  ])("for %s, %j: %s", async (purpose, machine, runtime) => {
    const answer = await nextOf("llama-3.1-8b", "--for", purpose, ...machine);
    expect(answer).toMatchObject({ kind: "here", runtime });
    const kinds = answer.steps.map(({ kind }) => kind);
    expect(kinds.slice(0, 3)).toEqual(["obtain", "start", "check"]);
    expect(kinds.includes("scale")).toBe(purpose === "production");
    expect(kinds.slice(-2)).toEqual(["evaluate", "fine-tune"]);
  });

  test("every command is the same in both shells", async () => {
    const { steps } = await nextOf("gpt-oss-120b", ...ONE_CARD, "--ram", "128GiB", "--task", "code");
    const commands = commandsOf(steps);
    expect(commands.length).toBeGreaterThan(5);
    for (const { program, words, environment, sh, powershell } of commands) {
      expect(readCommand(sh, "sh")).toEqual({ program, words, environment });
      expect(readCommand(powershell, "powershell")).toEqual({ program, words, environment });
    }
  });

  test("no command names a path of a machine, and none a file that is not got or written before", async () => {
    const { steps } = await nextOf("llama-3-8b", ...ONE_CARD, "--quantization", "Q4_K_M");
    const text = commandsOf(steps)
      .map(({ sh }) => sh)
      .join("\n");
    expect(text).not.toMatch(/(^|[\s'"=])(\/|~|[A-Z]:\\)/m);
    expect(text).toContain("llama-quantize llama-3-8b-BF16.gguf llama-3-8b-Q4_K_M.gguf Q4_K_M");
  });

  test("a code model is evaluated by EvalPlus, mathematics by the harness", async () => {
    const program = async (task: string): Promise<string | undefined> => {
      const { steps } = await nextOf("qwen3-8b", ...ONE_CARD, "--task", task);
      return steps.find(({ kind }) => kind === "evaluate")?.commands[0]?.program;
    };
    expect([await program("code"), await program("maths")]).toEqual(["evalplus.evaluate", "lm-eval"]);
  });

  test("what one machine does not hold is spread over several", async () => {
    const { kind, several } = await nextOf("llama-3-70b", "--gpu", "RTX 4090", "--ram", "16GiB");
    expect(kind).toBe("elsewhere");
    expect(several?.map(({ machineCount, runtime }) => [runtime, machineCount])).toEqual([
      ["llama.cpp", 2],
      ["vllm", 2],
    ]);
    const [rpc, ray] = (several ?? []).map(({ steps }) => steps.at(-1)?.commands ?? []);
    expect(rpc?.map(({ program }) => program)).toEqual(["rpc-server", "llama-server"]);
    expect(rpc?.[1]?.words.slice(-4)).toEqual(["--rpc", "machine-2:50052", "-dev", "CUDA0,RPC0"]);
    expect(ray?.map(({ program }) => program)).toEqual(["ray", "ray", "vllm"]);
    expect(ray?.[2]?.words.join(" ")).toContain("--pipeline-parallel-size 2");
  });

  test("a model whose architecture nobody states gets no command", async () => {
    const { stdout } = await runFitment(["next", "ministral-8b-2410", ...ONE_CARD]);
    expect(stdout).toContain("Unknown. Architecture:");
    expect(await nextOf("ministral-8b-2410", ...ONE_CARD)).toMatchObject({ kind: "unknown" });
  });

  test("is readable at 80 columns but for addresses and one long argument", async () => {
    const { stdout } = await runFitment(["next", "llama-3-8b", "--for", "production", ...ONE_CARD], {
      surroundings: { columns: 80 },
    });
    const long = stdout.split("\n").filter((line) => line.length > 80);
    expect(long.every((line) => /https:|base_url=/.test(line))).toBe(true);
    expect(stdout).toContain("vllm serve");
  });

  test("Windows is answered in PowerShell", async () => {
    const machine = JSON.parse(
      (await runFitment(["detect", "--json"], { machine: "rtx-4090" })).stdout,
    ) as object; // our own output
    const file = JSON.stringify({
      ...machine,
      os: { platform: "win32", name: "Windows", release: null, architecture: "x64", source: "test" },
    });
    const { stdout } = await runFitment(["next", "llama-3-8b", "--machine", "m.json"], {
      files: { "m.json": file },
    });
    expect(stdout).toContain("$env:OLLAMA_NUM_PARALLEL = '1'");
    expect(stdout).toContain("curl.exe");
  });

  test.each([
    [["next"], "next takes a model"],
    [["next", "llama-3-8b", "--for", "fun"], '--for takes development or production; "fun" is neither.'],
    [["optimise"], "optimise takes a model"],
    [["optimise", "llama-3-8b", "--for", "development"], '"optimise" has no option --for.'],
  ])("%j is refused", async (words, said) => {
    const { exitCode, stderr } = await runFitment([...words, ...ONE_CARD]);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });
});

describe("fitment optimise", () => {
  test("answers as data, with what was refused", async () => {
    const { stdout } = await runFitment([
      "optimise",
      "llama-3.1-8b",
      "--gpu",
      "RTX 3090",
      "--ram",
      "64GiB",
      "--json",
    ]);
    const answer = JSON.parse(stdout) as Record<string, unknown>; // our own output
    expect(answer).toMatchObject({
      schemaVersion: 1,
      model: "llama-3.1-8b",
      before: { quantization: "BF16", offloadedBytes: 0 },
    });
    const { suggestions, refusals } = answer as {
      suggestions: readonly { lever: { kind: string }; effect: { usedBytes: number } }[];
      refusals: readonly { kind: string; source: string | null }[];
    };
    expect(suggestions[0]?.lever.kind).toBe("eight-bit");
    expect(suggestions[0]?.effect.usedBytes).toBeLessThan(0);
    expect(refusals.find(({ kind }) => kind === "fp8")?.source).toContain("vLLM");
  });

  test("is readable at 80 columns", async () => {
    const { stdout } = await runFitment(["optimise", "llama-3.1-8b", ...ONE_CARD], {
      surroundings: { columns: 80 },
    });
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(stdout).toContain("1. 8-bit weights (Q8_0) instead of BF16");
  });

  test("a model that does not run here is sent to plan", async () => {
    const { stdout, exitCode } = await runFitment([
      "optimise",
      "deepseek-v3",
      "--gpu",
      "RTX 3060",
      "--ram",
      "16GiB",
    ]);
    expect(stdout).toContain("fitment plan deepseek-v3");
    expect(exitCode).toBe(0);
  });
});
