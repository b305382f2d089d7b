import { expect, test } from "vitest";
import { parseMemoryLimitBytes, readCgroup } from "#probe/linux/cgroup.ts";
import { fakeHost } from "../fake-host.ts";

test.each([
  ["max\n", null],
  ["9223372036854771712\n", null],
  ["2097152000\n", 2_097_152_000],
  ["0\n", null],
  ["", null],
  ["garbage", null],
])("a limit file with %j means %s bytes", (text, limitBytes) => {
  expect(parseMemoryLimitBytes(text)).toBe(limitBytes);
});

const GIB = 1024 ** 3;

test.each([
  {
    name: "version 2, limit in the container's own group",
    files: {
      "/proc/self/cgroup": "0::/\n",
      "/sys/fs/cgroup/memory.max": `${8 * GIB}\n`,
      "/sys/fs/cgroup/memory.current": `${GIB}\n`,
    },
    limitBytes: 8 * GIB,
    leftBytes: 7 * GIB,
  },
  {
    name: "version 2, limit of a group above",
    files: {
      "/proc/self/cgroup": "0::/user.slice/job.scope\n",
      "/sys/fs/cgroup/user.slice/memory.max": `${4 * GIB}\n`,
      "/sys/fs/cgroup/user.slice/job.scope/memory.max": "max\n",
    },
    limitBytes: 4 * GIB,
    leftBytes: null,
  },
  {
    name: "version 2, file cache is not counted as used",
    files: {
      "/proc/self/cgroup": "0::/\n",
      "/sys/fs/cgroup/memory.max": `${8 * GIB}\n`,
      "/sys/fs/cgroup/memory.current": `${6 * GIB}\n`,
      "/sys/fs/cgroup/memory.stat": `anon 1\ninactive_file ${5 * GIB}\n`,
    },
    limitBytes: 8 * GIB,
    leftBytes: 7 * GIB,
  },
  {
    name: "version 1 in a container that shows only the top",
    files: {
      "/proc/self/cgroup": "4:memory:/docker/abc\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": `${2 * GIB}\n`,
      "/sys/fs/cgroup/memory/memory.usage_in_bytes": `${GIB}\n`,
    },
    limitBytes: 2 * GIB,
    leftBytes: GIB,
  },
  {
    name: "version 1, limit inherited",
    files: {
      "/proc/self/cgroup": "4:cpu,memory:/\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
      "/sys/fs/cgroup/memory/memory.stat": "cache 0\nhierarchical_memory_limit 2097152000\n",
    },
    limitBytes: 2_097_152_000,
    leftBytes: null,
  },
])("$name", async ({ files, limitBytes, leftBytes }) => {
  const { reading } = await readCgroup(fakeHost({ files }));
  expect(reading.host[0]?.facts).toMatchObject({ ramLimitBytes: limitBytes, ramLimitLeftBytes: leftBytes });
});

test("no limit anywhere is no limit", async () => {
  const files = { "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "max\n" };
  expect((await readCgroup(fakeHost({ files }))).status).toBe("absent");
});
