//! Who is inside, and who goes when somebody else comes and there is no room left.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    net::{Shutdown, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It is open and has not asked yet, or not to the end.
    Asking,
    /// It is owed an answer.
    Waiting,
    /// It takes its answer.
    Taking,
}

struct Seat {
    stream: Arc<TcpStream>,
    doing: Doing,
    since: Instant,
}

/// As many connections as there are places.
pub struct Room {
    places: usize,
    /// For an answer to be taken, before the place may go to somebody else.
    patience: Duration,
    next: AtomicU64,
    seats: Mutex<BTreeMap<u64, Seat>>,
}

impl Room {
    #[must_use]
    pub fn new(places: usize, patience: Duration) -> Arc<Self> {
        Arc::new(Self { places, patience, next: AtomicU64::new(0), seats: Mutex::default() })
    }

    /// A place for a connection, if need be that of one which only keeps it.
    ///
    /// # Errors
    /// The connection, where all others wait for their answers.
    pub fn enter(self: &Arc<Self>, stream: TcpStream) -> Result<Guest, TcpStream> {
        let mut seats = self.seats();
        if seats.len() >= self.places && !free_one(&mut seats, self.patience) {
            return Err(stream);
        }
        let (number, stream) = (self.next.fetch_add(1, Ordering::Relaxed), Arc::new(stream));
        seats.insert(number, Seat { stream: stream.clone(), doing: Doing::Asking, since: Instant::now() });
        Ok(Guest { room: self.clone(), number, stream })
    }

    /// Ends the connection that has kept its place for longest without need. False where there is none.
    pub fn free_one(&self) -> bool {
        free_one(&mut self.seats(), self.patience)
    }

    fn seats(&self) -> MutexGuard<'_, BTreeMap<u64, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn free_one(seats: &mut BTreeMap<u64, Seat>, patience: Duration) -> bool {
    let may_go = |seat: &Seat| match seat.doing {
        Doing::Asking => true,
        Doing::Waiting => false,
        Doing::Taking => seat.since.elapsed() > patience,
    };
    let longest = seats.iter().filter(|(_, seat)| may_go(seat)).min_by_key(|(_, seat)| seat.since);
    let Some((&number, _)) = longest else { return false };
    if let Some(seat) = seats.remove(&number) {
        // The thread that reads from it, or writes to it, ends at once; so it does where the other end is gone already.
        let _ = seat.stream.shutdown(Shutdown::Both);
    }
    true
}

/// One connection, with a place while it lives, also when its thread panics.
pub struct Guest {
    room: Arc<Room>,
    number: u64,
    pub stream: Arc<TcpStream>,
}

impl Guest {
    /// Says what it does from now on.
    ///
    /// # Errors
    /// Its place has gone to somebody else.
    pub fn is(&self, doing: Doing) -> io::Result<()> {
        let mut seats = self.room.seats();
        let seat = seats.get_mut(&self.number).ok_or(ErrorKind::ConnectionAborted)?;
        (seat.doing, seat.since) = (doing, Instant::now());
        Ok(())
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.room.seats().remove(&self.number);
    }
}
