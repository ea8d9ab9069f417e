import { parseFilePath, parseFileUrl } from "../../../files/file-path.ts";
import type { FileStore } from "../../../files/file-store.ts";
import { decodeImage, MAX_IMAGE_BYTES } from "../../../images/decode.ts";
import { type Image, ImageError } from "../../../images/image.ts";
import { AnswerTooLarge } from "../../../outside/outbound.ts";
import { ApiError } from "../http/errors.ts";

/** The path of an image below a folder that is given by its URL; throws ApiError 400 for none. */
export function imagePath(folderUrl: string, below = ""): string {
  const folder = parseFileUrl(folderUrl);
  const path = folder === undefined || below === "" ? folder : parseFilePath(`${folder}/${below}`);
  if (path === undefined) throw new ApiError(400, "The image's address is not one below /s.");
  return path;
}

/** Reads and decodes an image; throws ApiError for one that is not there, too large or malformed. */
export async function readImage(files: FileStore, path: string): Promise<Image> {
  try {
    const bytes = await files.read(path, MAX_IMAGE_BYTES);
    if (bytes === undefined) throw new ApiError(404, "There is no such image.");
    return await decodeImage(bytes);
  } catch (error) {
    if (error instanceof ImageError) throw new ApiError(400, error.message);
    if (error instanceof AnswerTooLarge) throw new ApiError(400, `The image is larger than ${MAX_IMAGE_BYTES} bytes.`);
    throw error;
  }
}
