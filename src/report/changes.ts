import type { ReportChange } from "./change.ts";
import type { Report, ReportAccelerator, ReportPick } from "./report.ts";

/** What is compared of a report: an older one may have less besides. */
export type OlderReport = Pick<Report, "madeAt" | "versions"> & {
  readonly question: Pick<Report["question"], "sentences">;
  readonly machine: Pick<Report["machine"], "ram"> & {
    readonly accelerators: readonly Pick<
      ReportAccelerator,
      "name" | "driverVersion" | "memoryTotalBytes" | "memoryFreeBytes"
    >[];
  };
  readonly answer: {
    readonly picks: readonly (Pick<ReportPick, "roles" | "modelId" | "modelName"> & {
      /** A name that this catalog may no longer have. */
      readonly quantization: string;
    })[];
  };
  readonly verdicts: readonly Pick<
    Report["verdicts"][number],
    "modelId" | "modelName" | "group" | "verdict"
  >[];
};

/** What changed from one report to a later one, in the order in which a person would ask. */
export function changesBetween(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  return [
    ...questionChange(before, after),
    ...versionChanges(before, after),
    ...acceleratorChanges(before, after),
    ...ramChanges(before, after),
    ...modelChanges(before, after),
    ...pickChanges(before, after),
    ...verdictChanges(before, after),
  ];
}

function questionChange(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const [one, other] = [before.question.sentences, after.question.sentences];
  return one.join("\n") === other.join("\n") ? [] : [{ kind: "question", before: one, after: other }];
}

function versionChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const [one, other] = [before.versions, after.versions];
  return [
    ...(one.fitment === other.fitment
      ? []
      : [{ kind: "fitment-version" as const, before: one.fitment, after: other.fitment }]),
    ...(one.catalogDate === other.catalogDate
      ? []
      : [{ kind: "catalog-date" as const, before: one.catalogDate, after: other.catalogDate }]),
  ];
}

type OlderAccelerator = OlderReport["machine"]["accelerators"][number];

/** Cards of one name are told apart by their order, as drivers list them. */
function acceleratorChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const old = numbered(before.machine.accelerators);
  const now = numbered(after.machine.accelerators);
  return [
    ...[...old.keys()].flatMap((name) =>
      now.has(name) ? [] : [{ kind: "accelerator-removed" as const, name }],
    ),
    ...[...now].flatMap(([name, accelerator]) => {
      const was = old.get(name);
      if (was === undefined) return [{ kind: "accelerator-added" as const, name }];
      return sameAcceleratorChanges(name, was, accelerator);
    }),
  ];
}

function sameAcceleratorChanges(
  name: string,
  was: OlderAccelerator,
  is: OlderAccelerator,
): readonly ReportChange[] {
  return [
    ...(was.driverVersion === is.driverVersion
      ? []
      : [{ kind: "driver" as const, name, before: was.driverVersion, after: is.driverVersion }]),
    ...bytesChange("memory-total", name, [was.memoryTotalBytes, is.memoryTotalBytes]),
    ...freeChange(name, [was.memoryFreeBytes, is.memoryFreeBytes], is.memoryTotalBytes),
  ];
}

function numbered(accelerators: readonly OlderAccelerator[]): ReadonlyMap<string, OlderAccelerator> {
  return new Map(
    accelerators.map((accelerator, index) => {
      const { name } = accelerator;
      const alike = accelerators.filter((each) => each.name === name).length;
      const number = accelerators.slice(0, index + 1).filter((each) => each.name === name).length;
      return [alike === 1 || number === 1 ? name : `${name} #${number}`, accelerator];
    }),
  );
}

function ramChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const [one, other] = [before.machine.ram, after.machine.ram];
  return [
    ...bytesChange("memory-total", "RAM", [one.totalBytes, other.totalBytes]),
    ...freeChange("RAM", [one.availableBytes, other.availableBytes], other.totalBytes),
  ];
}

function bytesChange(
  kind: "memory-total" | "memory-free",
  name: string,
  [beforeBytes, afterBytes]: readonly [number | null, number | null],
): readonly ReportChange[] {
  return beforeBytes === afterBytes ? [] : [{ kind, name, beforeBytes, afterBytes }];
}

/** Memory comes and goes by itself: what is less than a fiftieth of all is no change. Our choice. */
const NOTICED_FRACTION = 0.02;

function freeChange(
  name: string,
  [before, after]: readonly [number | null, number | null],
  totalBytes: number | null,
): readonly ReportChange[] {
  const isSlight =
    before !== null &&
    after !== null &&
    Math.abs(after - before) < NOTICED_FRACTION * (totalBytes ?? Math.max(before, after));
  return isSlight ? [] : bytesChange("memory-free", name, [before, after]);
}

function modelChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const added = missingFrom(before, after);
  const removed = missingFrom(after, before);
  return [
    ...(added.length === 0 ? [] : [{ kind: "models-added" as const, modelNames: added }]),
    ...(removed.length === 0 ? [] : [{ kind: "models-removed" as const, modelNames: removed }]),
  ];
}

function missingFrom({ verdicts: some }: OlderReport, { verdicts: all }: OlderReport): readonly string[] {
  const ids = new Set(some.map(({ modelId }) => modelId));
  return all.filter(({ modelId }) => !ids.has(modelId)).map(({ modelName }) => modelName);
}

/** A role that both have with another pick, and roles that only one has. */
function pickChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const [old, now] = [picksByRole(before), picksByRole(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((role) => {
    const [was, is] = [old.get(role) ?? null, now.get(role) ?? null];
    return was === is ? [] : [{ kind: "pick" as const, role, before: was, after: is }];
  });
}

function picksByRole({ answer }: OlderReport): ReadonlyMap<string, string> {
  return new Map(
    answer.picks.flatMap(({ roles, modelName, quantization }) =>
      roles.map((role) => [role, `${modelName} at ${quantization}`] as const),
    ),
  );
}

function verdictChanges(before: OlderReport, after: OlderReport): readonly ReportChange[] {
  const rows = new Map(before.verdicts.map((row) => [row.modelId, row]));
  return after.verdicts.flatMap(({ modelId, modelName, group, verdict }) => {
    const was = rows.get(modelId);
    if (was === undefined || was.group === group) return [];
    const texts = { beforeText: was.verdict, afterText: verdict };
    return [{ kind: "verdict" as const, modelName, before: was.group, after: group, ...texts }];
  });
}
