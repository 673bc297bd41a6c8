/** What the renderer and its child process say to each other. */
import type { DocumentInfo, Part } from '../../domain/document.ts';

export type ToChild =
  | { kind: 'open'; info: DocumentInfo; file: string }
  | { kind: 'parts'; parts: Part[] }
  | { kind: 'finish' };

export type FromChild =
  /** a chunk has been taken; pages drawn so far */
  | { kind: 'taken'; pages: number }
  | { kind: 'done'; pages: number; bytes: number; sha256: string; peakRssBytes: number }
  | { kind: 'failed'; reason: string; stack: string; system: SystemError | null };

/** What marks an error as the operating system's: an error loses it on its way between processes. */
export interface SystemError {
  code: string;
  errno: number;
  syscall: string;
}
