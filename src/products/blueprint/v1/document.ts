/** The blueprint as a book: thirteen chapters, with a title for each theme. */
import type { ProductDefinition } from '../../../domain/product.ts';
import { type Book, bookDocument } from '../../shared/book.ts';
import { CHAPTERS } from './questions.ts';

const BOOK: Book = {
  title: 'Blueprint',
  subtitle: 'A portrait in thirteen chapters',
  chapters: CHAPTERS.map(({ key, title, themes }) => ({
    key,
    title,
    // the page prints a theme's title; the full question is only for the model
    questions: themes.map((theme) => ({ id: theme.key, text: theme.title })),
  })),
};

export const document: ProductDefinition['document'] = (facts, subject, source) =>
  bookDocument(BOOK, facts, subject, source);
