/** The messages between the renderer and its child process. */
import type { DocumentInfo, Part } from '../../domain/document.ts';

export type ToChild =
  | { kind: 'open'; info: DocumentInfo; file: string }
  | { kind: 'parts'; parts: Part[] }
  | { kind: 'finish' };

export type FromChild =
  /** the child has taken a chunk; pages drawn so far */
  | { kind: 'taken'; pages: number }
  | { kind: 'done'; pages: number; bytes: number; sha256: string; peakRssBytes: number }
  | { kind: 'failed'; reason: string; stack: string; system: SystemError | null };

/** Marks an error of the operating system. An error loses these fields on its way between processes. */
export interface SystemError {
  code: string;
  errno: number;
  syscall: string;
}
