/** What `fitment --help` prints. */
export const HELP = `Which open-weight language models run on this computer, at which quantization,
with how much context.

  fitment [list]              every model with its verdict, best first
  fitment detect              this machine, and where each fact comes from
                              --capture FILE writes all that was read, with
                              names and serials masked; --replay FILE detects
                              from it, also elsewhere; --measure copies
                              memory for a moment to see how fast it is
  fitment estimate MODEL      one model: verdict, memory part by part, placement
  fitment estimate --batch FILE
                              one JSON question a line, one JSON answer a line
                              (- reads standard input)

  fitment recommend           which model to run here for a task, why, what to
                              mind, and what else it could be
  fitment explain MODEL       why it is the pick, or why not and what would
                              change that
  fitment compare A B ...     two to six side by side: models, packings
                              (A@Q8_0), or machines (--on "RTX 4090", several
                              times)

  fitment optimise MODEL      which changes help here, and by how much
  fitment next MODEL          how to get, start, check, evaluate and fine-tune
                              it, in commands with the verdict's own numbers;
                              --for production: a service, watched and scaled

  fitment report [A B ...]    machine, answer, every verdict, memory, speed,
                              licences and next steps as one text, with
                              models side by side where some are named;
                              --format html, md, json or csv; --output FILE;
                              --diff OLD.json says what changed since

  fitment plan MODEL          how far this machine goes: longest context,
                              best quantization, the cheapest changes, and which
                              cards would do; --for-card NAME: how many of those
  fitment runtimes            what llama.cpp, Ollama, vLLM and others can do
  fitment runtimes MODEL      the same model under each of them

  fitment calibrate FILE      keeps rates measured here, read from the output of
                              llama-bench, ollama run --verbose or vLLM (-:
                              standard input), or typed: --decode N --prefill N
                              with --model, --quantization, --context, --prompt;
                              without a file it lists them, --remove forgets
                              them

  fitment models              the catalog: --search TEXT, --family NAME,
                              --licence commercial, --installed (on this
                              computer already; FITMENT_MODEL_DIRS names
                              folders of yours to look in); --task NAME shows
                              quality at it; --sort newest, name, size,
                              context or quality
  fitment model ID            everything known of a model, with its sources
  fitment hardware            the card database: --search TEXT
  fitment add FILE.gguf       adds a model file (or all parts of a split one) to
                              your own catalog, with its exact sizes
  fitment add --hf ORG/NAME   adds a model of Hugging Face; --file NAME chooses
                              one of its GGUF files; HF_TOKEN for gated ones
  fitment catalog check|date  what is wrong in the catalog, yours included; its
                              day; check --verbose counts by family
  fitment catalog refresh     reads a newer catalog: --from https://... (kept
                              for next time); --undo goes back to the shipped
  fitment catalog bundle FILE the catalog as one file for others to refresh from
  fitment catalog export FILE, import FILE, remove ID
                              your own catalog as one file; an own model out

What you need (list, estimate)
  --context N                 tokens held at once, 8192 or 32K      [8192]
                              (the speed is that with so many in the cache)
  --prompt N                  prompt whose first token is waited for  [512]
  --kv-type TYPE              KV cache: f16, q8_0, q4_0, ...        [f16]
  --kv-type-k, --kv-type-v    keys and values apart
  --parallel N                sequences served at once              [1]
  --lowest-quantization Q     the coarsest acceptable one           [Q4_K_M]
  --ubatch N                  tokens of a prompt processed at once  [512]
  --flash-attention on|off                                          [on]
  --runtime NAME              llama.cpp, ollama, vllm, ...          [llama.cpp]
  --backend NAME              cuda, rocm, vulkan, metal, sycl, cpu  [the card's]
  --split layer|tensor        how several cards share a model [its own way]
  --projector, --mtp          with its vision tower; its block that predicts
                              several tokens
  --draft MODEL[:Q]           with a small model that proposes tokens
  --lora RANK                 with a LoRA adapter on every matrix
  --right-now                 only memory that no other program holds (also
                              recommend, explain)
  --search TEXT               only models that it finds (list)
  --question TEXT             what the window's "Copy question" gave, in quotes:
                              context, users, runtime, task, licence and so on;
                              each command answers its part of it, and options
                              beside it win; the machine is no part of it
  --quantization Q            memory and placement for this one (estimate)
  --explain                   each term of the memory, with formula and source
                              (estimate)

What it is for (recommend, explain, report; compare takes the first two)
  --task NAME                 general, chat, code, mathematics-reasoning,
                              multilingual, vision, long-documents, tool-use
  --priority P                quality, balanced, speed, or 0 to 1  [balanced]
  --language NAME             evidence for that language counts; several times
  --licence commercial        only what may be used commercially
  --min-speed N               tokens a second [the pace of reading, 5]
  --min-quality N             index points below which nothing is a pick
  --max-parameters 14B, --max-download 20GB
  --target WHERE              this-computer, workstation, server, edge, cpu-only
  --instead-of MODEL --complaint WHAT
                              the smallest step that mends its quality, speed,
                              memory, context, licence or language (recommend)

Another machine than this one (list, estimate)
  --gpu NAME                  instead of this machine's; several times for
                              several: "RTX 4090", "2x RTX 3090",
                              "RTX 4090@20GiB"
  --no-gpu                    none
  --ram SIZE                  64GiB
  --cpu NAME, --cores N       the processor
  --ram-bandwidth 90GB/s      how fast the RAM is; "60GB/s measured" where
                              a copy was timed
  --free SIZE                 free now on every accelerator; 0=20GiB on the
                              first (several times for several)
  --machine FILE              what \`fitment detect --json\` saved

  --json                      the answer as JSON, memory in bytes
  --version, --help, --debug

Exit code: 0 answered, 1 could not answer, 2 wrong usage.`;
