DROP INDEX `attempt_active_number`;--> statement-breakpoint
DROP INDEX `attempt_lease`;--> statement-breakpoint
DROP INDEX `attempt_active_campaign`;--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_active_number` ON `attempt` (`tenant_id`,`e164`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `attempt_lease` ON `attempt` (`lease_until`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `attempt_active_campaign` ON `attempt` (`tenant_id`,`campaign_id`) WHERE ended_at IS NULL;