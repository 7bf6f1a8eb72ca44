<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

/**
 * The host's events that are listened to. The host finds them by their names and calls them by class; what they do stands
 * in Listener/. Those named onAfter… never throw; onBeforeClientCheckout, onBeforeAdminOrderCreate and
 * onBeforeAdminInvoiceApprove may refuse.
 */
trait Listeners
{
    public static function onBeforeClientCheckout(\Box_Event $event): void
    {
        Listener\Checkout::before($event);
    }

    public static function onAfterClientOrderCreate(\Box_Event $event): void
    {
        Listener\Checkout::after($event);
    }

    public static function onBeforeAdminOrderCreate(\Box_Event $event): void
    {
        Listener\Checkout::beforeStaff($event);
    }

    public static function onAfterAdminOrderCreate(\Box_Event $event): void
    {
        Listener\Checkout::after($event);
    }

    public static function onBeforeAdminOrderActivate(\Box_Event $event): void
    {
        Listener\SetUp::begins($event);
    }

    public static function onAfterAdminOrderActivate(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'provisioned');
    }

    public static function onBeforeAdminOrderRenew(\Box_Event $event): void
    {
        Listener\SetUp::begins($event);
    }

    public static function onAfterAdminOrderRenew(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'renewed');
    }

    public static function onAfterAdminOrderSuspend(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'suspended');
    }

    public static function onAfterAdminOrderUnsuspend(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'unsuspended');
    }

    public static function onAfterAdminOrderCancel(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'terminated');
    }

    public static function onAfterAdminOrderUncancel(\Box_Event $event): void
    {
        Listener\Orders::service($event, 'changed');
    }

    public static function onAfterAdminOrderUpdate(\Box_Event $event): void
    {
        Listener\Orders::updated($event);
    }

    public static function onBeforeAdminOrderDelete(\Box_Event $event): void
    {
        Listener\Orders::beforeDelete($event);
    }

    public static function onAfterAdminOrderDelete(\Box_Event $event): void
    {
        Listener\Orders::deleted($event);
    }

    public static function onBeforeAdminInvoiceApprove(\Box_Event $event): void
    {
        Listener\Guard::before($event);
    }

    public static function onAfterAdminInvoiceApprove(\Box_Event $event): void
    {
        Listener\Invoices::issued($event);
    }

    public static function onAfterAdminInvoicePaymentReceived(\Box_Event $event): void
    {
        Listener\Invoices::paid($event);
    }

    public static function onAfterAdminInvoiceRefund(\Box_Event $event): void
    {
        Listener\Invoices::refunded($event);
    }

    public static function onAfterAdminInvoiceUpdate(\Box_Event $event): void
    {
        Listener\Invoices::updated($event);
    }

    public static function onBeforeAdminInvoiceDelete(\Box_Event $event): void
    {
        Listener\Invoices::beforeDelete($event);
    }

    public static function onAfterAdminInvoiceDelete(\Box_Event $event): void
    {
        Listener\Invoices::deleted($event);
    }

    public static function onAfterClientSignUp(\Box_Event $event): void
    {
        Listener\Clients::created($event);
    }

    public static function onAfterAdminCreateClient(\Box_Event $event): void
    {
        Listener\Clients::created($event);
    }

    public static function onAfterAdminClientUpdate(\Box_Event $event): void
    {
        Listener\Clients::updated($event);
    }

    public static function onAfterClientProfileUpdate(\Box_Event $event): void
    {
        Listener\Clients::updated($event);
    }

    public static function onBeforeAdminClientDelete(\Box_Event $event): void
    {
        Listener\Clients::beforeDelete($event);
    }

    public static function onAfterAdminClientDelete(\Box_Event $event): void
    {
        Listener\Clients::deleted($event);
    }

    public static function onAfterClientOpenTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'opened');
    }

    public static function onAfterAdminOpenTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'opened');
    }

    public static function onAfterClientReplyTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'updated');
    }

    public static function onAfterAdminReplyTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'updated');
    }

    public static function onAfterClientCloseTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'updated');
    }

    public static function onAfterAdminCloseTicket(\Box_Event $event): void
    {
        Listener\Tickets::told($event, 'updated');
    }

    public static function onAfterAdminCronRun(\Box_Event $event): void
    {
        Listener\Cron::run($event);
    }
}
