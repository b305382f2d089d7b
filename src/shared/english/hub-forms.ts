import { formOf, type KnownForm } from "#shared/known-form.ts";
import { reasonText } from "./reason-forms.ts";
import { toldAmong } from "./told-parts.ts";

/** What a value of config.json should be. */
const EXPECTED: readonly KnownForm[] = [
  formOf("a whole number"),
  formOf("true or false"),
  formOf("a list, one entry a layer"),
];

function expectedText(expected: string): string {
  return toldAmong(expected, EXPECTED);
}

/** Why a model of Hugging Face is not taken, and what is read of it just now. */
export const HUB: readonly KnownForm[] = [
  ...EXPECTED,
  formOf("Cancelled; nothing was written."),
  formOf("The repository has no such file."),
  formOf("The repository has no such revision."),
  formOf("The hub refuses the token in HF_TOKEN: it is wrong or has expired."),
  formOf("{host} answered with status {status}."),
  formOf("Try again later."),
  formOf("The model is gated."),
  formOf(
    "Accept its terms on its page at {host} first, then set HF_TOKEN to a token of your account that may read it.",
  ),
  formOf("The model is gated, and the account of HF_TOKEN has no access to it."),
  formOf("Accept its terms on its page at {host} first; some ask for a review."),
  formOf("The hub has no such model."),
  formOf("Is the name right?"),
  formOf("For a private one set HF_TOKEN."),
  formOf("Is the name right, as ORG/NAME?"),
  formOf("The hub has had too many questions from here."),
  formOf("Try again in some minutes."),
  formOf("Try again in {seconds} s."),
  formOf("config.json is no JSON object."),
  formOf('config.json states no "model_type", so its layers cannot be described.'),
  formOf(
    'Models of type "{type}" cannot be described from config.json yet: where their norms, biases and caches are is not known here.',
  ),
  formOf("A GGUF file of it may do."),
  formOf('config.json switches "{key}" on; what that adds to a {type} model is not known here.'),
  formOf("config.json claims {count} layers."),
  formOf(
    'config.json does not state "tie_word_embeddings", and the published parameter count does not tell it either.',
  ),
  formOf('config.json does not state "{key}", without which the model cannot be described.'),
  formOf('config.json: "{key}" should be {expected}, but is {found}.', { expected: expectedText }),
  formOf("The hub's answer is larger than {count} MiB, which no known model's is."),
  formOf("{host} gave no answer for {seconds} s."),
  formOf("Try again, or allow more with HF_HUB_DOWNLOAD_TIMEOUT (seconds)."),
  formOf("{host} cannot be reached: {reason}.", { reason: reasonText }),
  formOf("Is there a network?"),
  formOf("config.json states no head_dim, and hidden_size {size} is no multiple of {count} heads."),
  formOf('config.json has a layer of type "{type}", which cannot be described yet.'),
  formOf(
    "config.json describes {described} parameters, the files hold {held}: the model has parts that are not known here.",
  ),
  formOf("config.json describes {described} parameters, the files hold {held}."),
  formOf("A model on Hugging Face is named ORG/NAME, such as Qwen/Qwen3-8B."),
  formOf("HF_TOKEN holds a space, a line break or another letter that no token has."),
  formOf("Set it anew."),
  formOf("HF_ENDPOINT is no web address: it begins with https://"),
  formOf("The repository has neither a config.json nor a GGUF file to read."),
  formOf('The repository has no one GGUF file "{file}".'),
  formOf("It has: {names}."),
  formOf("The repository's config.json is no JSON."),
  formOf("The hub does not send parts of files as asked, so the header cannot be read."),
  formOf("The hub's answer is not in its usual form."),
  formOf("The hub's answer is no JSON of its usual form."),
  formOf("Is HF_ENDPOINT a hub?"),
  formOf("The repository has over 20,000 files, which no known model's has."),
  formOf("{repository}: file list"),
  formOf("{file}: header ({index} of {count})"),
];
