export const VERSIONS = { fitment: "0.0.0", catalogDate: "2026-11-25" };
export const MADE_AT = "2026-11-25T14:30:00.000Z";
