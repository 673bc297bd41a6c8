/** Where the sandbox listens, and which variables send a provider's SDK there. */
import { z } from 'zod';

export const sandboxUrls = z.object({
  openai: z.url(),
  stripe: z.url(),
  sendgrid: z.url(),
  blob: z.url(),
});
export type SandboxUrls = z.infer<typeof sandboxUrls>;

export const sandboxAddresses = {
  /** Variables of the sandbox's own process. @param first its first port; 0: any free ones */
  listen(first: number): NodeJS.ProcessEnv {
    const port = (offset: number) => String(first === 0 ? 0 : first + offset);
    return {
      SANDBOX_OPENAI_PORT: port(0),
      SANDBOX_STRIPE_PORT: port(1),
      SANDBOX_SENDGRID_PORT: port(2),
      SANDBOX_BLOB_PORT: port(3),
    };
  },

  /** Variables for those who use it: one for each provider that the environment has no key for. */
  use(environment: NodeJS.ProcessEnv, urls: SandboxUrls): NodeJS.ProcessEnv {
    return {
      ...(environment.OPENAI_API_KEY ? {} : { OPENAI_BASE_URL: `${urls.openai}/v1` }),
      ...(environment.STRIPE_SECRET_KEY ? {} : { STRIPE_API_URL: urls.stripe }),
      ...(environment.SENDGRID_API_KEY ? {} : { SENDGRID_API_URL: urls.sendgrid }),
      ...(environment.BLOB_READ_WRITE_TOKEN ? {} : { VERCEL_BLOB_API_URL: urls.blob }),
    };
  },
};
