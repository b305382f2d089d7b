import { formOf, type KnownForm } from "#shared/known-form.ts";
import { reasonText } from "./reason-forms.ts";
import { toldAmong } from "./told-parts.ts";

/** What goes wrong with a person's own catalog, or with a newer one. */
const CATALOGS: readonly KnownForm[] = [
  formOf("The model cannot be written into {folder}: {reason}.", { reason: reasonText }),
  formOf('Your own catalog has no file of "{name}" to correct.'),
  formOf("This is no exported catalog ({reason}).", { reason: reasonText }),
  formOf("This is a whole catalog, not somebody's own; refresh from it instead."),
  formOf('{file} holds other models too; take "{name}" out of it by hand.'),
  formOf('Your own catalog has no model "{name}".'),
  formOf("Cancelled; nothing was changed."),
  formOf("{address} is no https: address."),
  formOf("{address} leads from page to page and to no file."),
  formOf("There is no file at {address} ({status})."),
  formOf("{host} refuses the file ({status})."),
  formOf("{host} answered {status} and sent no file."),
  formOf("The file at {host} is too large for a catalog."),
  formOf("{host} took too long."),
  formOf("Nothing was changed."),
  formOf("The catalog at hand works without."),
  formOf("Nobody has said where newer catalogs come from: an https: address is needed."),
  formOf("The file at {address} is no catalog ({reason}).", { reason: reasonText }),
  formOf("The file at {address} is somebody's own catalog; import it instead."),
  formOf("The catalog there is of {day}, not newer than yours of {before}."),
  formOf("The catalog cannot be kept in {folder}: {reason}.", { reason: reasonText }),
  formOf("The catalog there is broken: it lacks models or runtimes/speed.json."),
  formOf("The catalog there is broken: {problem}"),
];

/** The same with folders that are looked into, and with rates that were measured. */
const KEPT_FILES: readonly KnownForm[] = [
  formOf("{folder} is no whole path of a folder."),
  formOf("The list of folders is damaged."),
  formOf("At most {count} folders can be named."),
  formOf("The list of folders cannot be kept in {folder}: {reason}.", { reason: reasonText }),
  formOf("{folder}: only the first {count} entries were looked at"),
  formOf("{file} cannot be read: {reason}", { reason: reasonText }),
  formOf("Measured rates: {problem}.", { problem: problemText }),
  formOf("{file} cannot be read"),
];

function problemText(problem: string): string {
  return toldAmong(problem, KEPT_FILES);
}

export const CATALOG_FILES: readonly KnownForm[] = [...CATALOGS, ...KEPT_FILES];
