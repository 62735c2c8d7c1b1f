CREATE TABLE `dial_day` (
	`tenant_id` text NOT NULL,
	`day` text NOT NULL,
	`attempts` integer NOT NULL,
	`spent_micros` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `day`)
);
--> statement-breakpoint
ALTER TABLE `attempt` ADD `cancel_reason` text;--> statement-breakpoint
ALTER TABLE `attempt` ADD `dial_day` text;--> statement-breakpoint
ALTER TABLE `attempt` ADD `cost_micros` integer;--> statement-breakpoint
CREATE INDEX `attempt_active_campaign` ON `attempt` (`tenant_id`,`campaign_id`) WHERE state != 'ended';--> statement-breakpoint
CREATE INDEX `attempt_number` ON `attempt` (`tenant_id`,`e164`);--> statement-breakpoint
ALTER TABLE `campaign` ADD `daily_attempts_per_number` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `weekly_attempts_per_number` integer;--> statement-breakpoint
ALTER TABLE `campaign` ADD `resumed_at` integer;--> statement-breakpoint
CREATE INDEX `call_ended` ON `call` (`tenant_id`,`campaign_id`,`ended_at`) WHERE ended_at IS NOT NULL;