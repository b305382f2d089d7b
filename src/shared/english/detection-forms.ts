import { formOf, type KnownForm } from "#shared/known-form.ts";
import { toldAmong } from "./told-parts.ts";

/** What a device is that is no accelerator. */
const SET_ASIDE: readonly KnownForm[] = [
  formOf("the display chip of a server's management controller"),
  formOf("a display chip (Matrox)"),
  formOf("a display chip (Cirrus)"),
  formOf("a virtual machine's adapter"),
  formOf("a virtual adapter of Windows"),
  formOf("a virtual adapter of a program"),
  formOf("the processor in a GPU's clothes"),
];

function asideText(reason: string): string {
  return toldAmong(reason, SET_ASIDE);
}

/** What NVIDIA's tool says where it does not answer. */
const COMPLAINTS: readonly KnownForm[] = [
  formOf("NVIDIA's driver is not loaded"),
  formOf("NVIDIA's driver was updated while it runs; it answers again after a restart of the computer"),
  formOf("the operating system gives this process no GPU"),
  formOf("this user may not ask NVIDIA's driver"),
  formOf("NVIDIA's driver could not be asked"),
  formOf("NVIDIA's driver lost a card: {line}"),
  formOf("no GPU: NVIDIA's driver is there but shows this process no card"),
];

function complaintText(complaint: string): string {
  return toldAmong(complaint, COMPLAINTS);
}

/** What a detection notes. */
const NOTES: readonly KnownForm[] = [
  formOf("This is WSL: RAM is what Windows lends it, and cards show through its driver only."),
  formOf("{name}: {source} gives another memory size than the source that is believed."),
  formOf("This machine is replayed from a recording."),
  formOf("Adapters are from Windows' registry alone, which may name a card that was taken out."),
  formOf("Set aside: {name} is {reason}, not an accelerator.", { reason: asideText }),
  formOf("nvidia-smi: {complaint}.", { complaint: complaintText }),
  formOf(
    "nvidia-smi may only be slow: a driver that nothing keeps loaded (nvidia-persistenced does) starts anew at each call.",
  ),
  formOf("Detect again."),
  formOf("The NVIDIA card {place} does not answer its driver (ERR!) and is not counted."),
  formOf("{name} ({place}) is split into MIG slices, and none is set up: it runs nothing as it is."),
  formOf("{name} ({place}) is split into MIG slices, and these could not be read."),
];

/** What came of asking a tool, beside what `probe-message-text.ts` has. */
const OUTCOMES: readonly KnownForm[] = [
  formOf("does not describe a simulated machine"),
  formOf("{tool} printed nothing"),
  formOf("{tool} printed something unexpected: {text}"),
  formOf("{tool} showed no card: {text}"),
  formOf("{tool} failed: {text}"),
  formOf("{tool} could not be started ({reason})"),
  formOf("{tool} printed more than 8 MiB and was stopped"),
  formOf("{tool} gave no answer within {seconds} s"),
  formOf("{tool} had no time left to run"),
  formOf("its process ended before it answered"),
  formOf("no memory modules: {text}"),
  formOf("no answer about: {what}"),
  formOf("no name"),
  formOf("no saved report"),
  formOf("operating system"),
  formOf("systeminformation graphics"),
];

/** What goes wrong with machines that are kept, and with measuring. */
const KEPT: readonly KnownForm[] = [
  formOf("it is not JSON"),
  formOf('"{name}" is no name of a saved machine'),
  formOf("A name has letters, digits, spaces and . _ ( ) + - , 60 of them at most."),
  formOf("it is too large for a saved machine"),
  formOf("there is none of that name"),
  formOf("its file cannot be read"),
  formOf("its file is kept aside as {file}"),
  formOf("the computer is too busy now: only {count} MiB could be copied in time, which its caches may hold"),
  formOf("it took longer than {seconds} s"),
];

export const DETECTION: readonly KnownForm[] = [...NOTES, ...COMPLAINTS, ...SET_ASIDE, ...OUTCOMES, ...KEPT];
