/**
 * Words that may stand in a report in the names of hardware and systems and of the sources that told them. What a
 * driver says is made of these, of model numbers and of versions; a person's own word is none of them.
 */
const WORDS = new Set(
  [
    // makers and their ranges
    "nvidia geforce quadro tesla titan nvs grid jetson orin xavier thor tegra nano agx nx dgx spark hgx gh gb",
    "amd ati radeon instinct firepro firegl vega vii raphael phoenix rembrandt navi strix halo point athlon phenom",
    "opteron ryzen threadripper epyc sempron turion intel arc iris xe uhd hd flex data center max pro plus gaudi",
    "core xeon celeron pentium atom ultra gold silver bronze platinum apple snapdragon qualcomm adreno elite extreme oryon",
    "microsoft basic display adapter remote matrox aspeed virtio llvmpipe qxl vmware svga mali immortalis powervr",
    "videocore broadcom mediatek samsung exynos huawei kunpeng kirin ampere altra neoverse cortex graviton aws",
    "annapurna fujitsu marvell cavium thunderx hygon zhaoxin loongson phytium spacemit starfive sifive rockchip",
    "allwinner ibm power arm risc via moore threads biren metax enflame cambricon ascend habana graphcore groq",
    // kinds of parts
    "gpu cpu apu npu soc graphics processor processors card accelerator device laptop mobile desktop workstation",
    "server embedded edition generation gen series design super ti xt xtx gre gt gtx rtx rx wx fe le oem refresh",
    "founders limited liquid cooled watercooled cooling sff mxm pcie sxm nvl oam fhhl hbm gddr ddr lpddr dimm sodimm",
    "udimm rdimm ecc ram vram memory blackwell hopper ada lovelace ampere turing volta pascal maxwell kepler fermi",
    "alchemist battlemage rdna gcn cdna eight quad dual duo six cores core thread threads with mhz ghz tm r c kvm qemu",
    "virtual common version unknown slice mig vgpu of the and or unified shared dedicated discrete integrated",
    // systems
    "linux gnu ubuntu debian fedora arch mint manjaro endeavouros pop os red hat enterprise rhel centos rocky",
    "almalinux alma scientific oracle amazon suse opensuse leap tumbleweed alpine nixos gentoo void slackware kali",
    "raspbian steamos bazzite nobara cachyos zorin elementary lts generic lowlatency standard hwe azure gcp cloud",
    "edge rt zen hardened xanmod liquorix amd arm aarch ia ppc le riscv wsl windows home professional education",
    "datacenter darwin macos mac osx catalina big sur monterey ventura sonoma sequoia tahoe release build desktop",
    "frontier ac ai arc xp ceo cnx gl gp gv gme mx nvl ssg vf wx ii h k l p q t v u f b g s trixie bookworm bullseye buster noble jammy focal numbat jellyfish fossa plucky puffin questing",
    // instruction sets
    "avx sse fma asimd asimdhp asimddp sve sme altivec vsx neon amx tile bf fp int vnni bw vl f vl svei svebf",
    // sources, as detection, catalog and commands name them
    "smi xpu rocm rocminfo static sysfs proc sys device files tree node cim registry powershell dxdiag vulkaninfo",
    "clinfo lspci lscpu sycl ls sysctl system profiler dmidecode cgroup container limit electron systeminformation",
    "database given else name memory computer its is free read measured copy module modules channel channels taken",
    "saved report as it was not said by a on from here half bios driver table list id pci kernel user own",
  ]
    .join(" ")
    .split(" "),
);

/** "13700H", "MI300X", "2697v4", "gfx1151", "HBM3e": short, of few parts, no long word inside. */
function isModelNumber(token: string): boolean {
  const runs = token.match(/[a-z]+|\d+/g) ?? [];
  const hasBoth = /[a-z]/.test(token) && /\d/.test(token);
  const mostRuns = token.endsWith("x3d") ? 4 : 3;
  return (
    hasBoth &&
    token.length <= 9 &&
    runs.length <= mostRuns &&
    runs.every((run) => /\d/.test(run) || run.length <= 4)
  );
}

const MOST_DIGITS = 6;

/** A letter alone tells nothing, and neither does a short number; anything else must be known. */
function isPublicToken(token: string): boolean {
  const lower = token.toLowerCase();
  if (/^\d+$/.test(lower)) return lower.length <= MOST_DIGITS;
  return lower.length === 1 || WORDS.has(lower) || isModelNumber(lower);
}

const TOKEN = /[\p{L}\p{N}]+/gu;
/** An address inside of a network; of other rows of four numbers most are versions. */
const ADDRESS = /(?<![\d.])(?:10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2,3}(?![\d.])/;
/** No name is longer; what is, was not written by a driver. */
const MOST_LENGTH = 160;

/** True for a text that is made of such words alone, without a path in it. */
export function isPublic(text: string): boolean {
  return (
    text.length <= MOST_LENGTH &&
    !ADDRESS.test(text) &&
    !/~|:\/\/|[A-Za-z]:[\\/]|\\\\/.test(text) &&
    (text.match(TOKEN) ?? []).every(isPublicToken)
  );
}

/** The text with "…" for each word that is none of them; no more than that where none is. */
export function publicName(text: string): string {
  if (isPublic(text)) return text;
  if (text.length > MOST_LENGTH || ADDRESS.test(text)) return "…";
  const masked = text
    .replaceAll(TOKEN, (token) => (isPublicToken(token) ? token : "…"))
    .replaceAll(/[~\\/:]+/g, " ")
    .replaceAll(/…(?:[^\p{L}\p{N}]*…)+/gu, "…")
    .replaceAll(/\s+/g, " ")
    .trim();
  return masked;
}

/** A driver's version may have four short numbers with dots, as an address has. */
export function publicVersion(text: string): string {
  return /^[\d.]{1,24}$/.test(text) ? text : publicName(text);
}
