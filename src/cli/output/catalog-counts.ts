import type { Catalog } from "#engine/catalog.ts";
import { isKnown } from "#engine/fact.ts";
import { otherNamesOf, type Model } from "#engine/model.ts";
import type { QualityData } from "#engine/quality.ts";

/** How much a catalog knows of its models; of all, and of each family. */
export interface ModelCounts {
  readonly models: number;
  /** Whose tensors are known, so that their memory is computed. */
  readonly withArchitecture: number;
  readonly withLicence: number;
  /** Whose licence's terms somebody read. */
  readonly withLicenceTerms: number;
  readonly withPublishedPackings: number;
  readonly withOtherNames: number;
  /** Of which somebody says for which people's languages they are made. */
  readonly withLanguages: number;
  /** That their developer says are in the place of others here, and those others. */
  readonly superseding: number;
  readonly superseded: number;
  /** With a score at one task at least. */
  readonly withQuality: number;
}

export interface CatalogCounts {
  readonly all: ModelCounts;
  readonly families: Readonly<Record<string, ModelCounts>>;
  readonly accelerators: {
    readonly accelerators: number;
    readonly withBandwidth: number;
    readonly withFp16: number;
    readonly withPciId: number;
    readonly withLaunchPrice: number;
  };
}

export function catalogCounts({ models, cards }: Catalog, { quality }: QualityData): CatalogCounts {
  const scored = new Set(quality.tasks.map(({ modelId }) => modelId));
  const superseded = new Set(models.flatMap(supersededIds));
  const sets = { scored, superseded };
  const families = [...new Set(models.map(({ family }) => family))].sort((one, other) =>
    one.localeCompare(other, "en"),
  );
  return {
    all: modelCounts(models, sets),
    families: Object.fromEntries(
      families.map((name) => [
        name,
        modelCounts(
          models.filter(({ family }) => family === name),
          sets,
        ),
      ]),
    ),
    accelerators: {
      accelerators: cards.length,
      withBandwidth: cards.filter((card) => isKnown(card.memoryBandwidthBytesPerSecond)).length,
      withFp16: cards.filter((card) => isKnown(card.fp16TensorFlops)).length,
      withPciId: cards.filter((card) => card.pciIds.length > 0).length,
      withLaunchPrice: cards.filter((card) => isKnown(card.launchPriceUsd)).length,
    },
  };
}

interface IdSets {
  readonly scored: ReadonlySet<string>;
  readonly superseded: ReadonlySet<string>;
}

function supersededIds({ supersedes }: Model): readonly string[] {
  return supersedes !== undefined && isKnown(supersedes) ? supersedes.value : [];
}

function modelCounts(models: readonly Model[], { scored, superseded }: IdSets): ModelCounts {
  const count = (holds: (model: Model) => boolean): number => models.filter(holds).length;
  return {
    models: models.length,
    withArchitecture: count(({ architecture }) => isKnown(architecture)),
    withLicence: count(({ licence }) => isKnown(licence)),
    withLicenceTerms: count(hasReadTerms),
    withPublishedPackings: count(({ published = [] }) => published.length > 0),
    withOtherNames: count((model) => otherNamesOf(model).length > 0),
    withLanguages: count(({ languages }) => languages !== undefined && isKnown(languages)),
    superseding: count((model) => supersededIds(model).length > 0),
    superseded: count(({ id }) => superseded.has(id)),
    withQuality: count(({ id }) => scored.has(id)),
  };
}

/** Of some licences only the name is known. */
function hasReadTerms({ licence }: Model): boolean {
  return isKnown(licence) && licence.value.terms?.notice !== undefined;
}

/** The same as lines; each family's only where `families` is asked for. */
export function catalogCountLines(counts: CatalogCounts, asked: "sums" | "families"): readonly string[] {
  const { all, families, accelerators } = counts;
  const each = Object.entries(families).map(
    ([name, one]) => `  ${name}: ${one.models} ${one.models === 1 ? "model" : "models"}; ${knownText(one)}`,
  );
  return [
    `Models: ${Object.keys(families).length} families; ${knownText(all)}`,
    ...(asked === "families" ? each : []),
    `Accelerators: ${accelerators.withBandwidth} with their bandwidth, ${accelerators.withFp16} with FP16 rates, ${accelerators.withPciId} with a PCI id, ${accelerators.withLaunchPrice} with a launch price`,
  ];
}

function knownText(counts: ModelCounts): string {
  return `${counts.withArchitecture} tensor by tensor, ${counts.withLicence} with a licence (${counts.withLicenceTerms} with its terms), ${counts.withPublishedPackings} with published packings, ${counts.withOtherNames} with another program's name, ${counts.withLanguages} with their languages, ${counts.superseding} that replace others, ${counts.superseded} that are replaced, ${counts.withQuality} with a quality`;
}
