#!/usr/bin/perl
# A message centre of Net::SMPP, which none of us wrote. Takes the account genkan/secret, writes a line of JSON for whatever
# comes, and sends receipts for what it accepted.
#
#   smsc.pl [port=N] [ids=decimal|hexadecimal|text] [receipts=same|decimal|hexadecimal|tlv|none] [throttle=N] [drop=N] [hold=N]
#           [late=0|1] [twice=0|1]
#
# throttle, drop and hold: so many submits are answered with 0x58, with the end of the connection, or not at all, before
# the first is taken. late: what is taken is answered, and its receipt sent, when SIGUSR1 comes; twice: both are sent two
# times.
use strict;
use warnings;
use IO::Select;
use JSON::PP;
use Net::SMPP;

my %how = (port => 0, ids => 'decimal', receipts => 'same', throttle => 0, drop => 0, hold => 0, late => 0, twice => 0, map { split /=/, $_, 2 } @ARGV);
$| = 1;
$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = sub { exit 0 };
$SIG{USR1} = sub { $how{late} = 0 };
my $json = JSON::PP->new->canonical->ascii;
sub tell_line { print $json->encode({@_}), "\n" }

my $listener = Net::SMPP->new_listen('127.0.0.1', port => $how{port}, smpp_version => 0x34, interface_version => 0x34)
  or die "cannot listen: $!";
tell_line(is => 'listening', port => $listener->sockport);

my $select = IO::Select->new($listener);
my (%bound, @owed, @unanswered);
my $number = 4010;

sub name_of {
  my ($form, $n) = @_;
  return $form eq 'hexadecimal' ? sprintf('%08X', $n) : $form eq 'text' ? "msg-$n" : "$n";
}

sub leave {
  my $client = shift;
  delete $bound{$client};
  $select->remove($client);
  close $client;
}

sub answer {
  my ($n, $client, $pdu) = @_;
  for (0 .. $how{twice}) {
    $client->submit_sm_resp(seq => $pdu->{seq}, message_id => name_of($how{ids}, $n)) if $bound{$client};
    push @owed, [$n, $pdu] if $pdu->{registered_delivery} && $how{receipts} ne 'none';
  }
}

sub receipt {
  my ($n, $submit) = @_;
  my ($hearing) = grep { $_->{as} ne 'transmitter' } values %bound;
  return 0 unless $hearing;
  my $id = name_of($how{receipts} =~ /^(decimal|hexadecimal)$/ ? $how{receipts} : $how{ids}, $n);
  my $tlv = $how{receipts} eq 'tlv';
  my $text = "id:$id sub:001 dlvrd:001 submit date:2604060000 done date:2604060001 stat:DELIVRD err:000 text:";
  $hearing->{client}->deliver_sm(
    async => 1,
    source_addr_ton => 1, source_addr_npi => 1, source_addr => $submit->{destination_addr},
    destination_addr => $submit->{source_addr},
    esm_class => $tlv ? 0 : 4,
    short_message => $tlv ? '' : $text,
    $tlv ? (receipted_message_id => "$id\0", message_state => pack('C', 2)) : (),
  );
  return 1;
}

while (1) {
  for my $ready ($select->can_read(0.02)) {
    if ($ready == $listener) {
      my $client = $listener->accept or next;
      $select->add($client);
      next;
    }
    my $pdu = $ready->read_pdu;
    if (!$pdu) { leave($ready); next }
    my $cmd = $pdu->{cmd};
    my %answer = (seq => $pdu->{seq});
    if ($cmd == 1 || $cmd == 2 || $cmd == 9) {
      my $as = { 1 => 'receiver', 2 => 'transmitter', 9 => 'transceiver' }->{$cmd};
      my $right = $pdu->{system_id} eq 'genkan' && $pdu->{password} eq 'secret';
      my $answer = "bind_${as}_resp";
      $ready->$answer(%answer, status => $right ? 0 : 0x0e, system_id => 'net-smpp');
      $bound{$ready} = { client => $ready, as => $as } if $right;
      tell_line(is => 'bind', as => $as, right => $right ? JSON::PP::true : JSON::PP::false);
    } elsif ($cmd == 4) {
      if ($how{throttle}-- > 0) {
        $ready->submit_sm_resp(%answer, status => 0x58, message_id => '');
        tell_line(is => 'throttled');
        next;
      }
      tell_line(is => 'submit', to => $pdu->{destination_addr}, from => $pdu->{source_addr},
        ton => $pdu->{source_addr_ton}, coding => $pdu->{data_coding}, esm => $pdu->{esm_class},
        validity => $pdu->{validity_period}, hex => unpack('H*', $pdu->{short_message}));
      if ($how{drop}-- > 0) { leave($ready); next }
      next if $how{hold}-- > 0;
      push @unanswered, [++$number, $ready, $pdu];
    } elsif ($cmd == 0x15) {
      $ready->enquire_link_resp(%answer);
      tell_line(is => 'enquire_link');
    } elsif ($cmd == 6) {
      $ready->unbind_resp(%answer);
      tell_line(is => 'unbind');
      leave($ready);
    } elsif ($cmd == 0x80000005) {
      tell_line(is => 'receipt-taken', status => $pdu->{status});
    }
  }
  answer(@$_) for $how{late} ? () : splice @unanswered;
  @owed = grep { !receipt(@$_) } @owed;
}
