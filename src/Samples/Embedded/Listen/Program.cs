using System.Text;
using RnnGen.Samples.Embedded;

return ListenProgram.Run(args);

/// <summary>Recognises digits on standard input.</summary>
internal static class ListenProgram
{
    private const string Usage =
        """
        Recognises spoken digits: listen < FILE.wav, or arecord -r 8000 -f S16_LE -t raw | listen
        Standard input is a WAV file (8000 Hz, mono, µ-law or 16-bit PCM) or raw 16-bit PCM, read as it arrives. During speech there is a line
        every 50 ms: the time within the digit, the likeliest digit and its probability. A pause of 250 ms ends a digit.

        """;

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">None, or --help.</param>
    /// <returns>0; 1 if the input is wrong, 2 if the arguments are.</returns>
    public static int Run(string[] arguments)
    {
        using Stream output = StandardStream.Open(1);
        using Stream error = StandardStream.Open(2);
        if (arguments.Length > 0)
        {
            bool asked = arguments is ["--help"] or ["-h"];
            (asked ? output : error).Write(Encoding.UTF8.GetBytes(Usage));
            return asked ? 0 : 2;
        }

        try
        {
            using Stream input = StandardStream.Open(0);
            using var listener = new DigitListener(DigitRecognizer.CreateDefault());
            Listen(new SampleReader(input, "standard input"), listener, new LineWriter(output));
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or IOException)
        {
            error.Write(Encoding.UTF8.GetBytes(failure.Message + "\n"));
            return 1;
        }
    }

    internal static void Listen(SampleReader reader, DigitListener listener, LineWriter lines)
    {
        Span<float> samples = stackalloc float[256];
        int count;
        while ((count = reader.Read(samples)) > 0)
        {
            foreach (float sample in samples[..count])
                Tell(listener.Hear(sample), listener, lines);
        }

        Tell(listener.End(), listener, lines);
    }

    private static void Tell(Heard heard, DigitListener listener, LineWriter lines)
    {
        const int FramesPerLine = 5;
        if (heard == Heard.Digit)
            lines.Heard(listener.Digit, listener.Probability);
        else if (heard == Heard.Frame && listener.Frames % FramesPerLine == 0)
            lines.Guess(listener.Frames * DigitListener.FrameMilliseconds, listener.Digit, listener.Probability);
    }
}
