ALTER TABLE `attempt` ADD `channel` text DEFAULT 'voice' NOT NULL;--> statement-breakpoint
ALTER TABLE `message` ADD `attempt_id` text;--> statement-breakpoint
CREATE INDEX `message_attempt` ON `message` (`tenant_id`,`attempt_id`,`created_at`) WHERE attempt_id IS NOT NULL;