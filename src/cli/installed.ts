import type { InstalledModel } from "#engine/installed.ts";
import type { Surroundings } from "./surroundings.ts";

export type InstalledById = ReadonlyMap<string, InstalledModel>;

/** The models that are on this computer already; what could not be looked at is named on stderr. */
export async function installedById({ findInstalled, complain }: Surroundings): Promise<InstalledById> {
  const { models, notes } = await findInstalled();
  for (const note of notes) complain(`Looking for installed models: ${note}`);
  return new Map(models.map((found) => [found.modelId, found]));
}
