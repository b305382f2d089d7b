import type { MachineReport, RamCopy } from "#engine/machine.ts";
import type { MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import type { Answer, Api, OpenedProfile } from "#shared/ipc.ts";
import type { FileNotice } from "./file-notice.ts";
import { say } from "#words/say.ts";

/** The state around the shelf, as far as the shelf has a say in it. */
export interface AroundShelf {
  /** The machine that is asked about; null before there is one. */
  readonly machine: MachineReport | null;
  profile: OpenedProfile | null;
  fileNotice: FileNotice | null;
  putBack(): void;
  /** Null once the machine may be kept; else why it may not. */
  whyNotFresh(): Promise<string | null>;
}

type Ask = <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;

/** Machines a person keeps under names, and what was measured of this one. */
export class MachineShelf {
  names = $state.raw<readonly string[]>([]);
  isMeasuring = $state(false);
  /** Why it could not be measured; null where it was, or nobody asked. */
  measureFailure = $state<string | null>(null);
  #measured = $state.raw<RamCopy | null>(null);
  /** Rates as they are kept after a change; null while the report's own stand. */
  #rates = $state.raw<readonly MachineRate[] | null>(null);

  readonly #around: AroundShelf;
  readonly #ask: Ask;

  constructor(around: AroundShelf, ask: Ask) {
    this.#around = around;
    this.#ask = ask;
  }

  async list(): Promise<void> {
    this.#take(await this.#ask((api) => api.listMachines()));
  }

  async keep(name: string): Promise<void> {
    const whyNot = await this.#around.whyNotFresh();
    if (whyNot !== null) this.#around.fileNotice = { isFailure: true, text: whyNot };
    const { machine } = this.#around;
    if (whyNot !== null || machine === null) return;
    const answer = await this.#ask((api) => api.keepMachine({ name, machine }));
    if (this.#take(answer))
      this.#around.fileNotice = { isFailure: false, text: say("Kept as {name}.", { name }) };
  }

  async open(name: string): Promise<void> {
    const answer = await this.#ask((api) => api.openMachine(name));
    await this.list(); // without one that cannot be read
    this.#around.putBack();
    if (answer.kind === "ok") this.#around.profile = answer.value;
    else this.#around.fileNotice = { isFailure: true, text: answer.message };
  }

  async forget(name: string): Promise<void> {
    const answer = await this.#ask((api) => api.forgetMachine(name));
    if (this.#take(answer))
      this.#around.fileNotice = { isFailure: false, text: say("{name} is no longer kept.", { name }) };
  }

  get isMeasured(): boolean {
    return this.#measured !== null;
  }

  async measureRam(): Promise<void> {
    if (this.isMeasuring) return;
    this.isMeasuring = true;
    const answer = await this.#ask((api) => api.measureRam());
    this.isMeasuring = false;
    this.measureFailure = answer.kind === "failed" ? answer.message : null;
    if (answer.kind === "ok") this.#measured = answer.value;
  }

  /** Speeds are told by the measurement although other programs disturbed it. */
  acceptMeasured(): void {
    const disturbance = this.#measured?.disturbance;
    if (this.#measured === null || disturbance === undefined) return;
    this.#measured = { ...this.#measured, disturbance: { ...disturbance, isAccepted: true } };
  }

  /** As if nobody had measured. */
  forgetMeasured(): void {
    this.#measured = null;
  }

  /** Answers why it could not be kept; null where it was. */
  async keepRate(rate: MachineRate): Promise<string | null> {
    return this.#takeRates(await this.#ask((api) => api.keepMeasuredRate(rate)));
  }

  async forgetRates(): Promise<string | null> {
    return this.#takeRates(await this.#ask((api) => api.forgetMeasuredRates()));
  }

  #takeRates(answer: Answer<readonly MachineRate[]>): string | null {
    if (answer.kind === "failed") return answer.message;
    this.#rates = answer.value;
    return null;
  }

  /** What was measured belongs to this machine alone, whatever else is opened in its place. */
  withMeasured(report: MachineReport | null): MachineReport | null {
    const rated =
      report === null || this.#rates === null ? report : { ...report, measuredRates: this.#rates };
    return this.#withMeasuredRam(rated);
  }

  #withMeasuredRam(report: MachineReport | null): MachineReport | null {
    if (report === null || this.#measured === null) return report;
    return { ...report, ram: { ...report.ram, copy: this.#measured } };
  }

  #take(answer: Answer<readonly string[]>): boolean {
    if (answer.kind === "ok") this.names = answer.value;
    else this.#around.fileNotice = { isFailure: true, text: answer.message };
    return answer.kind === "ok";
  }
}
