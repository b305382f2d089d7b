import { formOf, type KnownForm } from "#shared/known-form.ts";
import { toldAmong } from "./told-parts.ts";

/** Why the system, or the network, does not give what was asked for. */
export const REASONS: readonly KnownForm[] = [
  formOf("the name is too long"),
  formOf("it is a folder"),
  formOf("the disk is full"),
  formOf("the disk space allowed to this account is used up"),
  formOf("the disk can only be read"),
  formOf("this folder or file may not be written to"),
  formOf("there is no folder {folder}"),
  formOf("it is not JSON"),
  formOf("there is no such file"),
  formOf("this account may not read it"),
  formOf("it is a link that leads back to itself"),
  formOf("too many files are open"),
  formOf("the disk has a fault"),
  formOf("its address is not found"),
  formOf("nothing answers there"),
  formOf("the connection broke off"),
  formOf("no answer came in time"),
  formOf("there is no way to it"),
  formOf("its certificate or encryption is not trusted here"),
  formOf("no reason is given"),
];

export function reasonText(reason: string): string {
  return toldAmong(reason, REASONS);
}
