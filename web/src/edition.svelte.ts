// Which state of the record is shown: it rises with each correction made here, and all that was asked is asked anew.

class Edition {
  n = $state(0);

  next(): void {
    this.n += 1;
  }
}

export const edition = new Edition();
