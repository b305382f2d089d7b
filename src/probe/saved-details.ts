import { z } from "zod";
import type {
  AcceleratorDetails,
  AcceleratorLink,
  RamBandwidth,
  RamCopy,
  RamModule,
  Witness,
} from "#engine/machine.ts";

const text = z.string().nullable().default(null);
const bytes = z.int().nonnegative().nullable().default(null);
const positive = z.int().positive().nullable().default(null);

/** What tools said of an accelerator beyond its memory; a fact that an older report does not have is unknown. */
export const savedDetails = z.looseObject({
  pciDeviceId: text,
  pciSubsystemId: text,
  deviceKind: z.enum(["discrete", "integrated", "external", "slice", "virtual"]).nullable().default(null),
  computeCapability: text,
  gfxTarget: text,
  gpuCoreCount: positive,
  memoryUsedBytes: bytes,
  memoryReservedBytes: bytes,
  carveOutBytes: bytes,
  sharedRamBytes: bytes,
  workingSetLimitBytes: bytes,
  pcieGeneration: positive,
  pcieWidth: positive,
  isDisplayAttached: z.boolean().nullable().default(null),
  powerLimitWatts: z.number().nonnegative().nullable().default(null),
  driverModel: text,
  parentId: text,
  memoryHolders: z
    .array(
      z.looseObject({
        programName: z.string(),
        kind: z.enum(["compute", "graphics", "both"]),
        usedBytes: bytes,
      }),
    )
    .default([]),
}) satisfies z.ZodType<AcceleratorDetails>;

export const savedWitness = z.looseObject({
  fact: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  source: z.string(),
  command: text,
  isChosen: z.boolean(),
  readAt: z.string().exactOptional(),
}) satisfies z.ZodType<Witness>;

export const savedLink = z.looseObject({
  fromId: z.string(),
  toId: z.string(),
  kind: z.enum(["nvlink", "pcie-switch", "host-bridge", "numa-node", "system"]),
  linkCount: positive,
}) satisfies z.ZodType<AcceleratorLink>;

export const savedModule = z.looseObject({
  sizeBytes: z.int().positive(),
  type: text,
  transfersPerSecond: positive,
  dataWidthBits: positive,
  slot: text,
}) satisfies z.ZodType<RamModule>;

export const savedRamBandwidth = z.looseObject({
  bytesPerSecond: z.number().positive(),
  isMeasured: z.boolean(),
  source: z.string(),
}) satisfies z.ZodType<RamBandwidth>;

export const savedRamCopy = z.looseObject({
  bytesPerSecond: z.number().positive(),
  threadCount: z.int().positive(),
  source: z.string(),
  disturbance: z
    .looseObject({
      processorFraction: z.number().min(0).max(1),
      lateThreadCount: z.int().nonnegative(),
      isAccepted: z.boolean(),
    })
    .exactOptional(),
}) satisfies z.ZodType<RamCopy>;
