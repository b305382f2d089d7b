import { formOf, type KnownForm } from "#shared/known-form.ts";
import { FACT_SOURCES } from "./source-forms.ts";
import { toldAmong } from "./told-parts.ts";

/** Where what is said of a machine comes from; a tool has its own name. */
const MACHINE_SOURCES: readonly KnownForm[] = [
  formOf("given"),
  formOf("not given"),
  formOf("given (name)"),
  formOf("given (cores)"),
  formOf("given (name and cores)"),
  formOf("else {source}", { source: machineSource }),
  formOf("saved report"),
  formOf("its memory is the computer's RAM"),
  formOf("its memory is the RAM ({source})", { source: machineSource }),
  formOf("memory of the {name}"),
  formOf("Intel's product pages, by PCI id"),
  formOf("container limit (cgroup)"),
  formOf("limit in {file}"),
  formOf("Linux device files (/sys)"),
  formOf("Windows registry"),
  formOf("{count} modules, {channels} channels taken"),
  formOf("no source answered"),
];

function machineSource(source: string): string {
  return toldAmong(source, MACHINE_SOURCES);
}

function factSource(source: string): string {
  return toldAmong(source, FACT_SOURCES);
}

/** How a memory size was read, or why it was not. */
const SIZES: readonly KnownForm[] = [
  formOf('"{text}" is not a memory size; write it like 64GiB, 64GB or 65536MiB'),
  formOf('"{text}" is no memory at all; give more than 0'),
  formOf('"{text}" is more than 16 TiB, which no computer has; check the unit'),
  formOf("{text} is read as decimal, {size}; memory is mostly sold in GiB"),
  formOf("{text} is read as {size}"),
];

function sizeText(text: string): string {
  return toldAmong(text, SIZES);
}

/** What is wrong with hardware that a person typed. */
const TYPED: readonly KnownForm[] = [
  formOf("{size} cannot be free: {name} has {total} in all."),
  formOf("The processor's name is empty."),
  formOf('"{text}" is not a number of cores; write it like 16, from 1 to {most}.'),
  formOf(
    '"{text}" is not a bandwidth; write it like 90GB/s, or 60GB/s measured where memory was copied that fast.',
  ),
  formOf('"{text}" is no bandwidth of RAM; give from 1 to {most} GB/s.'),
  formOf('"{text}" names no accelerator; write it like "2x RTX 3090" or "RTX 4090@20GiB".'),
  formOf('"{text}" asks for none; leave it out, or ask for a machine without accelerators.'),
  formOf('"{text}" asks for more than {most} cards; check the number.'),
  formOf('"{text}" names no card and no memory; write it like "GPU@24GiB".'),
  formOf('"{text}" may be {names}: name one of them, or its memory.'),
  formOf('The memory of the {name} is not known: add it, as in "{example}".'),
  formOf('The card database has no "{name}" (a card it does not know is given by its memory: "GPU@24GiB").'),
  formOf("One computer has one GPU with unified memory; {name} can be named once."),
  formOf(
    'The memory of the {name} is the computer\'s RAM: give its size, as in "{example}" or RAM of 64GiB.',
  ),
  formOf(
    "The memory of the {name} is the computer's RAM: {one} and {other} of RAM contradict each other; give one of them.",
  ),
];

/** What a machine notes on what a person gave of it. */
const GIVEN: readonly KnownForm[] = [
  formOf("Processor: 1 core, as given."),
  formOf("Processor: {count} cores, as given."),
  formOf("Processor: the one on the chip with the {name}."),
  formOf("RAM: {bandwidth}, as given."),
  formOf("RAM: {size} as given."),
  formOf("RAM: unknown, none was given."),
  formOf("RAM: {size} as it was ({source}), none was given.", { source: machineSource }),
  formOf("Rates measured before the change are left out."),
  formOf("Accelerators: none, as given."),
  formOf("{name}: left out, as chosen."),
  formOf("{name}: {size} free, as given."),
  formOf("GPU: a card of any make with {size} of memory of its own."),
  formOf("{name}: may be {names}."),
  formOf("{name}: a driver shows {count} devices for each board."),
  formOf("{name}: {size} of memory as given, where the card database has {stated}."),
  formOf("{name}: {size} of memory as given."),
  formOf("{name}: {size} of memory as its name says."),
  formOf("{name}: {size} of memory, card database ({source}).", { source: factSource }),
  formOf("{name}: shares {size} of the computer's {ram} of RAM."),
  formOf("{name}: Linux lets a GPU map half of the RAM unless ttm.pages_limit is set."),
  formOf(
    "{name}: Windows lets a GPU have half of the RAM unless its maker's tool or the firmware gives it more.",
  ),
  formOf("{name}: Linux and Windows both let a GPU have half of the RAM unless they are told otherwise."),
  formOf('If yours has more, say so, as in "{example}" with the RAM beside it.'),
  formOf("No tool names the device {id}; the card database knows it as {name}."),
  formOf("No tool reports the memory of {name}; what the card database says of {card} is taken."),
  formOf("Processor: {name}, as given."),
  formOf("Free memory: {text}.", { text: sizeText }),
  formOf("RAM: {text}.", { text: sizeText }),
];

export const HARDWARE: readonly KnownForm[] = [...TYPED, ...GIVEN, ...SIZES, ...MACHINE_SOURCES];
