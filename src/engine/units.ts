/** The only place that converts between units. Inside the program memory is bytes. */

const BYTES_PER_KIB = 1024;
const BYTES_PER_MIB = 1024 ** 2;
const BYTES_PER_GIB = 1024 ** 3;
const BYTES_PER_TIB = 1024 ** 4;
const BYTES_PER_MB = 1e6;
const BYTES_PER_GB = 1e9;
const BYTES_PER_TB = 1e12;
const JOULES_PER_KILOWATT_HOUR = 3.6e6;
const OPERATIONS_PER_TERA = 1e12;

/** KiB (as /proc/meminfo prints, there called kB) to bytes. */
export function kibToBytes(kib: number): number {
  return kib * BYTES_PER_KIB;
}

/** MiB (as nvidia-smi prints) to bytes. */
export function mibToBytes(mib: number): number {
  return mib * BYTES_PER_MIB;
}

/** GiB to bytes, rounded to whole bytes. */
export function gibToBytes(gib: number): number {
  return Math.round(gib * BYTES_PER_GIB);
}

/** TiB to bytes, rounded to whole bytes. */
export function tibToBytes(tib: number): number {
  return Math.round(tib * BYTES_PER_TIB);
}

/** Decimal MB to bytes, rounded to whole bytes. */
export function mbToBytes(mb: number): number {
  return Math.round(mb * BYTES_PER_MB);
}

/** Decimal TB to bytes, rounded to whole bytes. */
export function tbToBytes(tb: number): number {
  return Math.round(tb * BYTES_PER_TB);
}

/** Decimal GB, or GB/s, to bytes, or bytes per second. */
export function gbToBytes(gb: number): number {
  return Math.round(gb * BYTES_PER_GB);
}

/** Bytes to MiB, fractional. */
export function bytesToMib(bytes: number): number {
  return bytes / BYTES_PER_MIB;
}

/** Bytes to GiB, fractional. */
export function bytesToGib(bytes: number): number {
  return bytes / BYTES_PER_GIB;
}

/** Bytes to decimal GB, fractional (download sizes). */
export function bytesToGb(bytes: number): number {
  return bytes / BYTES_PER_GB;
}

/** TFLOPS or TOPS, as makers publish them, to operations per second. */
export function teraToOnes(tera: number): number {
  return Math.round(tera * OPERATIONS_PER_TERA);
}

/** Operations per second to TFLOPS or TOPS, fractional. */
export function onesToTera(operations: number): number {
  return operations / OPERATIONS_PER_TERA;
}

/** Joules (watt seconds) to kWh, as energy is sold. */
export function joulesToKilowattHours(joules: number): number {
  return joules / JOULES_PER_KILOWATT_HOUR;
}
