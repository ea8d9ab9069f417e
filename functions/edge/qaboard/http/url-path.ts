import { encodeFilePath } from "../../../files/file-path.ts";

/** The URL of an absolute path, below /s (contract section 2.2). */
export const urlPath = (path: string): string => `/s${encodeFilePath(path)}`;
