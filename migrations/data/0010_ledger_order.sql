DROP INDEX `call_created`;--> statement-breakpoint
DROP INDEX `call_campaign`;--> statement-breakpoint
CREATE INDEX `call_sid` ON `call` (`tenant_id`,`twilio_sid`) WHERE twilio_sid IS NOT NULL;--> statement-breakpoint
CREATE INDEX `call_caller` ON `call` (`tenant_id`,`from_number`) WHERE direction = 'inbound';--> statement-breakpoint
CREATE INDEX `call_created` ON `call` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `call_campaign` ON `call` (`tenant_id`,`campaign_id`,`created_at`,`id`);