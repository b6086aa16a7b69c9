using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Samples.VoiceActivity;

/// <summary>Reads the network and a recording, finds the speech, shows and draws it.</summary>
/// <param name="options">What to do.</param>
/// <param name="display">Shows it.</param>
/// <param name="standardModel">Where the network is expected unless the options name one.</param>
internal sealed class DetectionRun(Options options, IDisplay display, string standardModel)
{
    /// <summary>Does everything; if the network is missing and none was named, it says how to get it.</summary>
    /// <exception cref="FormatException">A file is damaged or of another kind; the message names it.</exception>
    public void Run()
    {
        string model = options.Model ?? standardModel;
        if (!File.Exists(model))
        {
            if (options.Model is not null)
                throw new FileNotFoundException($"{model}: no such file", model);
            display.Line(ModelFile.HowToGet(model));
            return;
        }

        using var detector = new VoiceDetector(SileroWeights.Read(model));
        string recording = options.Input ?? Path.Combine(Path.GetDirectoryName(model)!, "test.wav");
        WavAudio audio = Read(recording);
        float[] probabilities = Hear(detector, audio);
        SpeechSpan[] spans = [.. SpeechSpan.Find(probabilities)];
        Tell(recording, audio, spans);
        Draw(audio, probabilities, spans);
    }

    private static WavAudio Read(string path)
    {
        WavAudio audio = WavReader.Read(path, WavKinds.Any);
        if (audio.Rate != VoiceDetector.Rate)
            throw new FormatException($"{path}: expected {VoiceDetector.Rate} Hz, got {audio.Rate} Hz");
        if (audio.Samples.Length < VoiceDetector.ChunkLength)
            throw new FormatException($"{path}: expected at least {VoiceDetector.ChunkLength} samples (32 ms), got {audio.Samples.Length}");
        return audio;
    }

    /// <summary>The probability of each whole chunk, as they would come from a microphone.</summary>
    private float[] Hear(VoiceDetector detector, WavAudio audio)
    {
        int chunks = audio.Samples.Length / VoiceDetector.ChunkLength;
        (float[] probabilities, long[] ticks) = (new float[chunks], new long[chunks]);
        for (int warmUp = 0; warmUp < 50; warmUp++) // the JIT recompiles hot methods
            detector.Hear(Chunk(0));

        detector.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            long start = Stopwatch.GetTimestamp();
            probabilities[chunk] = detector.Hear(Chunk(chunk));
            ticks[chunk] = Stopwatch.GetTimestamp() - start;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var times = new BlockTimes(ticks, SpeechSpan.Seconds(1));
        Line($"heard {audio.Seconds:F1} s in chunks of {VoiceDetector.ChunkLength} samples: {times.RealTimeFactor:F0} times as fast as real time");
        display.Line(times.ToString());
        Line($"bytes allocated by all chunks: {allocated}");
        return probabilities;

        ReadOnlySpan<float> Chunk(int chunk) => audio.Samples.AsSpan(chunk * VoiceDetector.ChunkLength, VoiceDetector.ChunkLength);
    }

    private void Tell(string recording, WavAudio audio, SpeechSpan[] spans)
    {
        display.Line();
        double spoken = spans.Sum(span => span.End - span.Start);
        Line($"{recording}: speech in {spoken:F1} of {audio.Seconds:F1} s");
        foreach (SpeechSpan span in spans)
            Line($"  {span.Start,6:F2} to {span.End,6:F2} s");
    }

    private void Draw(WavAudio audio, float[] probabilities, SpeechSpan[] spans)
    {
        if (File.Exists(options.Folder))
            throw new IOException($"{options.Folder}: expected a folder, got a file");
        Directory.CreateDirectory(options.Folder);
        string plot = Path.Combine(options.Folder, "activity.png");
        ActivityPlot.Save(plot, audio, probabilities, spans);
        display.Line();
        display.Line($"wrote {plot}");
    }

    private void Line(FormattableString text) => display.Line(text.ToString(CultureInfo.InvariantCulture));
}
