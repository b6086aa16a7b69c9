using RnnGen;
using RnnGen.Benchmarks.Cells;
using RnnGen.Benchmarks.Quick;

// RnnGen.Benchmarks.Cells [FILE]: measures the cells of RnnGen.Cells, and writes a table to a file or to the console.
var cells = new CellsTable();
cells.Measure();
var sequences = new SequencesTable();
sequences.Measure();
string text = $"""
    # Cells

    {Cpu.Name}, {Simd.Active}, one thread. Steps are medians of 400 blocks of 128 steps by `Run`. Digits: `[Network(20)]`, the cell with 64 units, `[LastStep]`,
    `[Dense(10, Softmax)]`, trained as the sample SpokenDigits, 20 epochs, seed 1; accuracy on 320 utterances of other speakers (synthetic voices).

    {cells}
    ## Gates that do not see the state

    Whole passes over T = 100 steps, inputs as many as units, ms, minimum / median of 15. BPTT is the backward pass alone, with gradients of weights and frames. MinGru, Sru
    and Qrnn have gates that do not see the state: all products of a sequence are one matrix product, and the recurrence is elementwise. {sequences.AboutPeer}

    {sequences}
    """;
if (args.Length > 0)
    File.WriteAllText(args[0], text);
else
    Console.Write(text);
