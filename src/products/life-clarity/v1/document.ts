/** Life Clarity as a book: nine chapters of one answer each. */
import type { ProductDefinition } from '../../../domain/product.ts';
import { type Book, bookDocument } from '../../shared/book.ts';
import { CHAPTERS } from './questions.ts';

const BOOK: Book = {
  title: 'Life Clarity',
  subtitle: 'Where you stand, in nine chapters',
  chapters: CHAPTERS.map(({ key, title }) => ({
    key,
    title,
    // the chapter's title already says it
    questions: [{ id: key, text: '' }],
  })),
};

export const document: ProductDefinition['document'] = (facts, subject, source) =>
  bookDocument(BOOK, facts, subject, source);
