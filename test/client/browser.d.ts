/** A name of the browser's that Node's types lack. */
type BodyInit = NonNullable<RequestInit['body']>;
