ALTER TABLE `call` ADD `answered_by` text;--> statement-breakpoint
CREATE INDEX `contact_number` ON `contact` (`tenant_id`,`e164`);