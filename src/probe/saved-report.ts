import { z } from "zod";
import type { MachineReport } from "#engine/machine.ts";
import { isMachineRate, type MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import { problemText } from "./problem-text.ts";
import {
  savedDetails,
  savedLink,
  savedModule,
  savedRamBandwidth,
  savedRamCopy,
  savedWitness,
} from "./saved-details.ts";

const text = z.string().nullable().default(null);
const count = z.int().positive().nullable().default(null);
const bytes = z.int().nonnegative().nullable().default(null);
/** A machine or card without any memory is a wrong reading, never a fact. */
const totalBytes = z.int().positive().nullable().default(null);
const source = z.string().default("saved report");

/** What `detect --json` prints. Facts that an older report does not have are unknown; foreign ones are kept. */
const savedReport = z.looseObject({
  schemaVersion: z.literal(1),
  os: z.looseObject({ platform: text, name: text, release: text, architecture: text, source }),
  processor: z.looseObject({
    name: text,
    vendor: text,
    physicalCoreCount: count,
    threadCount: count,
    source,
    instructionSets: z.array(z.string()).exactOptional(),
  }),
  ram: z.looseObject({
    totalBytes,
    availableBytes: bytes,
    source,
    modules: z.array(savedModule).exactOptional(),
    copy: savedRamCopy.exactOptional(),
    bandwidth: savedRamBandwidth.exactOptional(),
  }),
  accelerators: z.array(
    z.looseObject({
      id: z.string().min(1),
      name: z.string().min(1),
      vendor: z.enum(["nvidia", "amd", "intel", "apple", "other"]),
      memoryKind: z.enum(["dedicated", "unified"]),
      memoryTotalBytes: totalBytes,
      memoryFreeBytes: bytes,
      driverVersion: text,
      pciAddress: text,
      source,
      details: savedDetails.exactOptional(),
      witnesses: z.array(savedWitness).exactOptional(),
    }),
  ),
  probes: z
    .array(
      z.looseObject({
        name: z.string(),
        status: z.enum(["ok", "absent", "failed"]),
        message: z.string(),
        elapsedMs: z.number().nonnegative(),
        readAt: z.string().exactOptional(),
      }),
    )
    .default([]),
  notes: z.array(z.string()).default([]),
  links: z.array(savedLink).exactOptional(),
  measuredRates: z.array(z.custom<MachineRate>(isMachineRate, "expected a measured rate")).exactOptional(),
}) satisfies z.ZodType<MachineReport>;

/** A report that was read, or what is wrong with it: the place inside, and what was expected there. */
export type ReadReport =
  | { readonly kind: "ok"; readonly machine: MachineReport }
  | { readonly kind: "failed"; readonly message: string };

/** Checks a machine report that was saved as a file (outside data). */
export function readSavedReport(json: unknown): ReadReport {
  const result = savedReport.safeParse(json, { reportInput: true });
  if (result.success) return { kind: "ok", machine: result.data };
  return { kind: "failed", message: problemText(result.error, "the whole file") };
}
