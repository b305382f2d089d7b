/** What a person asks for. */
export interface HubRequest {
  /** `ORG/NAME`. */
  readonly repository: string;
  /** A GGUF file of it; null for the model that `config.json` describes, or the only GGUF there is. */
  readonly file: string | null;
}

/** An address of the hub, as it stands in a browser, or without `https://` as Ollama has it. */
const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/(?<rest>.*)$/i;

/**
 * A model as ORG/NAME, from what people copy: its page's address, also a file's, and `ORG/NAME:Q4_K_M` as llama.cpp
 * and Ollama take it. What is neither stays as it is, and is refused later.
 */
export function plainRequest({ repository, file }: HubRequest): HubRequest {
  const typed = repository.trim();
  const address = ADDRESS.exec(typed)?.groups?.rest?.replace(/[?#].*$/s, "");
  const [owner = "", named = "", page = "", , ...place] = (address ?? typed).split("/");
  if (address === undefined && page !== "") return { repository: typed, file };
  const [name = "", packing = ""] = named.split(":", 2);
  const isFile = (page === "blob" || page === "resolve") && place.length > 0;
  const fromName = isFile ? decoded(place.join("/")) : packing;
  return { repository: `${owner}/${name}`, file: file ?? (fromName === "" ? null : fromName) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that is one
  }
}
